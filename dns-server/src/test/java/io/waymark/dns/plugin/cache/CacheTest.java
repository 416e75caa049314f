package io.waymark.dns.plugin.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How long replies are kept, and with which TTL they are served; see [ReplyText]. In the tables `~` is a
/// line end, `-` no reply at all.
class CacheTest {

    @ParameterizedTest(name = "{0}: {1}, after {2} s: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # the Corefile says                | upstream                                | after | a client is told               | because
            cache                              | NOERROR: A 60 192.0.2.1                 | 0     | NOERROR: A 60 192.0.2.1        | it has just come
            cache                              | NOERROR: A 60 192.0.2.1                 | 59    | NOERROR: A 1 192.0.2.1         | a second is left
            cache                              | NOERROR: A 60 192.0.2.1                 | 60    | asks                           | its time is over
            cache                              | NOERROR: A 9999 192.0.2.1               | 0     | NOERROR: A 3600 192.0.2.1      | an hour is the most
            cache                              | NOERROR: A 9999 192.0.2.1               | 3599  | NOERROR: A 1 192.0.2.1         | an hour is the most
            cache                              | NOERROR: A 1 192.0.2.1                  | 4     | NOERROR: A 1 192.0.2.1         | five seconds is the least
            cache                              | NOERROR: A 0 192.0.2.1                  | 4     | NOERROR: A 1 192.0.2.1         | as for CoreDNS
            cache 30                           | NOERROR: A 60 192.0.2.1                 | 29    | NOERROR: A 1 192.0.2.1         | the Corefile's TTL is the most
            cache 30                           | NOERROR: A 20 192.0.2.1                 | 20    | asks                           | and no more than that
            cache 3                            | NOERROR: A 60 192.0.2.1                 | 2     | NOERROR: A 1 192.0.2.1         | the most goes before the least
            cache {~success 2000 60 0~}        | NOERROR: A 0 192.0.2.1                  | 0     | asks                           | nothing is left of it
            cache {~success 2000 60 10~}       | NOERROR: A 1 192.0.2.1                  | 9     | NOERROR: A 1 192.0.2.1         | the least is what the Corefile says
            cache {~keepttl~}                  | NOERROR: A 60 192.0.2.1                 | 59    | NOERROR: A 60 192.0.2.1        | the TTL stays
            cache {~keepttl~}                  | NOERROR: A 60 192.0.2.1                 | 60    | asks                           | but not the answer
            cache                              | NOERROR: A 60 192.0.2.1, A 30 192.0.2.2 | 10    | NOERROR: A 20 192.0.2.1, A 20 192.0.2.2 | the shortest counts
            cache                              | NOERROR: A 60 192.0.2.1 / NS 20 ns. / A@ns. 10 192.0.2.9 | 5 | NOERROR: A 5 192.0.2.1 / NS 5 ns. / A@ns. 5 192.0.2.9 | in all sections
            cache                              | NOERROR: CNAME 60 b., A@b. 20 192.0.2.1 | 5     | NOERROR: CNAME 15 b., A@b. 15 192.0.2.1 | an alias counts as well
            cache                              | NXDOMAIN: / SOA 60 60                   | 59    | NXDOMAIN:  / SOA 1 60          | a denial is kept like an answer
            cache                              | NXDOMAIN: / SOA 60 20                   | 20    | asks                           | RFC 2308 §5: MINIMUM is the most
            cache                              | NXDOMAIN: / SOA 60 4294967295           | 59    | NXDOMAIN:  / SOA 1 4294967295  | MINIMUM has no sign
            cache                              | NXDOMAIN: / SOA 9999 9999               | 1799  | NXDOMAIN:  / SOA 1 9999        | half an hour is the most
            cache                              | NXDOMAIN: / SOA 9999 9999               | 1800  | asks                           | half an hour is the most
            cache                              | NOERROR: / SOA 60 60                    | 59    | NOERROR:  / SOA 1 60           | it is NODATA
            cache                              | NOERROR: CNAME 60 b. / SOA 60 20        | 19    | NOERROR: CNAME 1 b. / SOA 1 20 | NODATA behind an alias
            cache {~denial 2000 10~}           | NOERROR: / SOA 60 60                    | 10    | asks                           | denials have their own most
            cache                              | NXDOMAIN                                | 0     | asks                           | without SOA it is not known for how long
            cache                              | NXDOMAIN: CNAME 60 b. / SOA@b. 60 60    | 0     | asks                           | as for CoreDNS
            cache                              | NOERROR: CNAME 60 b.                    | 0     | asks                           | the alias leads nowhere
            cache                              | NOERROR: CNAME 60 b., CNAME 60 c., A@b. 60 192.0.2.1 | 0 | asks                  | an alias has one target
            cache                              | NOERROR: CNAME 60 b., CNAME@b. 60 a.test. | 0   | asks                           | the aliases go in a circle
            cache                              | NOERROR                                 | 4     | NOERROR                        | it says nothing of a time
            cache                              | NOERROR                                 | 5     | asks                           | five seconds then
            cache                              | NOERROR: / NS@test. 60 ns.              | 4     | NOERROR:  / NS@test. 1 ns.     | a referral is kept as shortly
            cache                              | NOERROR tc: A 60 192.0.2.1              | 0     | asks                           | it is truncated
            cache                              | SERVFAIL                                | 4     | SERVFAIL                       | failures are kept for five seconds
            cache                              | SERVFAIL                                | 5     | asks                           | failures are kept for five seconds
            cache                              | -                                       | 4     | SERVFAIL                       | as is silence
            cache {~servfail 0~}               | SERVFAIL                                | 0     | asks                           | not if the Corefile says so
            cache {~servfail 0~}               | -                                       | 0     | asks                           | not if the Corefile says so
            cache {~servfail 1m~}              | NOTIMP                                  | 59    | NOTIMP                         | it is a failure too
            cache                              | REFUSED                                 | 0     | asks                           | another server may not refuse
            cache                              | NOERROR: A 60 192.0.2.1, RRSIG 60 1000000009 / / OPT | 1 | NOERROR: A 59 192.0.2.1, RRSIG 59 | the signature is good
            cache                              | NOERROR: A 60 192.0.2.1, RRSIG 60 999999999 / / OPT | 1 | asks                   | the signature is out of date
            cache                              | NOERROR: A 60 192.0.2.1, RRSIG 60 999999999 | 1 | NOERROR: A 59 192.0.2.1, RRSIG 59 | nobody asked for one
            cache                              | NOERROR ad aa: A 60 192.0.2.1           | 1     | NOERROR aa: A 59 192.0.2.1     | AD is for who asks for it
            cache org                          | NOERROR: A 60 192.0.2.1                 | 0     | asks                           | it is for another zone
            cache test org                     | NOERROR: A 60 192.0.2.1                 | 0     | NOERROR: A 60 192.0.2.1        | it is for this zone
            cache {~disable success~}          | NOERROR: A 60 192.0.2.1                 | 0     | asks                           | answers are not kept
            cache {~disable success org test~} | NOERROR: A 60 192.0.2.1                 | 0     | asks                           | not for this zone
            cache {~disable success org~}      | NOERROR: A 60 192.0.2.1                 | 0     | NOERROR: A 60 192.0.2.1        | but for this
            cache {~disable success~}          | NXDOMAIN: / SOA 60 60                   | 0     | NXDOMAIN:  / SOA 60 60         | denials are
            cache {~disable denial~}           | NXDOMAIN: / SOA 60 60                   | 0     | asks                           | denials are not kept
            cache {~disable denial~}           | SERVFAIL                                | 0     | asks                           | nor failures
            """)
    void keeps(String lines, String upstream, long after, String told, String because) {
        var rig = new CacheRig(lines).says(upstream);
        rig.ask("a.test.");
        assertThat(rig.asked).hasValue(1);
        String again = rig.passes(after).ask("a.test.");
        assertThat(rig.asked.get() > 1 ? "asks" : again).as(because).isEqualTo(told);
    }

    @ParameterizedTest(name = "{0}: {1} is {2} at first")
    @CsvSource(delimiter = '|', textBlock = """
            # the Corefile says          | upstream                                | the first client is told
            cache 30                     | NOERROR: A 60 192.0.2.1                 | NOERROR: A 30 192.0.2.1
            cache                        | NOERROR: A 1 192.0.2.1                  | NOERROR: A 5 192.0.2.1
            cache                        | NOERROR tc: A 60 192.0.2.1              | NOERROR tc: A 60 192.0.2.1
            cache                        | NXDOMAIN: CNAME 60 b. / SOA@b. 60 60    | NXDOMAIN: CNAME 5 b. / SOA@b. 5 60
            cache {~disable success~}    | NOERROR: A 9999 192.0.2.1               | NOERROR: A 3600 192.0.2.1
            cache org                    | NOERROR: A 9999 192.0.2.1               | NOERROR: A 9999 192.0.2.1
            cache                        | NOERROR ad: A 60 192.0.2.1              | NOERROR: A 60 192.0.2.1
            """)
    void whoAsksFirstGetsTheTtlThatIsKept(String lines, String upstream, String told) {
        assertThat(new CacheRig(lines).says(upstream).ask("a.test.")).isEqualTo(told);
    }
}
