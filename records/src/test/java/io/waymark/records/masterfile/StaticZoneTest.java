package io.waymark.records.masterfile;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.dnsjava.MasterFile;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// RFC 1034 §4.3.2, RFC 4592, RFC 6672 and RFC 2308 on one zone.
class StaticZoneTest {
    private static final DomainName ORIGIN = DomainName.of("example.org.");
    private static final StaticZone ZONE = zone("""
            $TTL 300
            @        3600 IN SOA  ns1 admin 7 7200 1800 86400 60
            @             IN NS   ns1
            @             IN NS   ns.elsewhere.test.
            @             IN MX   10 mail
            ns1           IN A    10.0.0.53
            mail          IN A    10.0.0.25
            mail          IN AAAA fd00::25
            www           IN CNAME web
            web           IN A    10.0.0.80
            gone          IN CNAME nowhere
            bare          IN CNAME mail
            out           IN CNAME www.elsewhere.test.
            one           IN CNAME two
            two           IN CNAME one
            a.ent         IN A    10.0.0.1
            *.wild        IN A    10.0.0.2
            *.wild        IN MX   10 mail
            b.sub.wild    IN A    10.0.0.3
            *.alias       IN CNAME web
            old           IN DNAME new
            x.new         IN A    10.0.0.4
            sub           IN NS   ns.sub
            sub           IN DS   1 8 2 0000000000000000000000000000000000000000000000000000000000000000
            ns.sub        IN A    10.1.0.53
            into          IN CNAME x.sub
            _s._tcp       IN SRV  0 0 80 web
            """);

    @ParameterizedTest(name = "{0} {1}: {2}, because {3}")
    @CsvSource(delimiterString = " | ", textBlock = """
            # name         | type  | says                                                            | because
            web            | A     | aa NOERROR web A; NS                                            | it has one
            web            | AAAA  | aa NOERROR ; SOA                                                | it has an A record only
            none           | A     | aa NXDOMAIN ; SOA                                               | nothing has the name
            x.web          | A     | aa NXDOMAIN ; SOA                                               | nothing is below it
            ent            | A     | aa NOERROR ; SOA                                                | it is an empty non-terminal
            x.ent          | A     | aa NXDOMAIN ; SOA                                               | the same, but below it
            @              | SOA   | aa NOERROR @ SOA; NS                                            | it is the apex
            @              | NS    | aa NOERROR @ NS; ; ns1 A                                        | it is the apex
            @              | MX    | aa NOERROR @ MX; NS; mail A, mail AAAA                          | its target lies in the zone
            _s._tcp        | SRV   | aa NOERROR _s._tcp SRV; NS; web A                               | the same
            www            | A     | aa NOERROR www CNAME, web A; NS                                 | the alias is followed
            www            | CNAME | aa NOERROR www CNAME; NS                                        | it was asked for
            www            | AAAA  | aa NOERROR www CNAME; SOA                                       | its target lacks the type
            gone           | A     | aa NXDOMAIN gone CNAME; SOA                                     | the code is that of the last name (RFC 6604)
            out            | A     | elsewhere out CNAME                                             | its target lies in another zone
            one            | A     | circle                                                          | the aliases lead to each other
            x.wild         | A     | aa NOERROR x.wild A; NS                                         | the wildcard has it
            x.y.wild       | MX    | aa NOERROR x.y.wild MX; NS; mail A, mail AAAA                   | a wildcard stands for many labels
            x.wild         | TXT   | aa NOERROR ; SOA                                                | the wildcard lacks the type
            wild           | A     | aa NOERROR ; SOA                                                | it is above the wildcard
            sub.wild       | A     | aa NOERROR ; SOA                                                | a name that exists hides the wildcard
            x.sub.wild     | A     | aa NXDOMAIN ; SOA                                               | the closest encloser has no wildcard
            *.wild         | A     | aa NOERROR *.wild A; NS                                         | the wildcard itself can be asked for
            x.alias        | A     | aa NOERROR x.alias CNAME, web A; NS                             | a wildcard may be an alias
            x.old          | A     | aa NOERROR old DNAME, x.old CNAME, x.new A; NS                  | the names below move (RFC 6672)
            old            | A     | aa NOERROR ; SOA                                                | the name itself does not
            old            | DNAME | aa NOERROR old DNAME; NS                                        | it was asked for
            x.y.old        | CNAME | aa NOERROR old DNAME, x.y.old CNAME; NS                         | the alias itself is asked for
            x.y.old        | A     | aa NXDOMAIN old DNAME, x.y.old CNAME; SOA                       | the new name does not exist
            sub            | A     | NOERROR ; sub NS; ns.sub A                                      | it is delegated
            x.sub          | A     | NOERROR ; sub NS; ns.sub A                                      | it lies below a cut
            ns.sub         | A     | NOERROR ; sub NS; ns.sub A                                      | glue is no answer
            sub            | DS    | aa NOERROR sub DS; NS                                           | DS belongs to the parent (RFC 4035)
            into           | A     | aa NOERROR into CNAME; sub NS; ns.sub A                         | the alias leads below the cut
            """)
    void says(String name, String type, String expected, String because) {
        var asked = name.equals("@") ? ORIGIN : DomainName.of(name + "." + ORIGIN);
        assertThat(text(ZONE.answer(asked, RecordType.parse(type).orElseThrow(), false)))
                .as(because)
                .isEqualTo(expected.replace("; SOA", "; @ SOA").replace("; NS", "; @ NS"));
    }

    @Test
    void theSoaOfANegativeAnswerLivesNoLongerThanItsMinimum() {
        var answer = ZONE.answer(DomainName.of("none.example.org."), RecordType.A, false);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        StaticAnswer.Said.class,
                        said -> assertThat(said.authority().getFirst().ttl()).isEqualTo(60));
    }

    @Test
    void aReferralHasTheDsRecordForThoseWhoUnderstandIt() {
        var answer = ZONE.answer(DomainName.of("x.sub.example.org."), RecordType.A, true);
        assertThat(answer)
                .isInstanceOfSatisfying(
                        StaticAnswer.Said.class,
                        said -> assertThat(said.authority())
                                .extracting(RecordSet::type)
                                .containsExactly(RecordType.NS, RecordType.DS));
    }

    @Test
    void aSignatureHasTheTtlOfWhatItCovers() {
        var signed = zone("""
                @ 60 IN SOA ns1 admin 7 7200 1800 86400 60
                a 30 IN A 10.0.0.1
                a 50 IN TXT x
                a 30 IN RRSIG A 13 3 30 20360101000000 20260101000000 1 example.org. AAAA
                a 50 IN RRSIG TXT 13 3 50 20360101000000 20260101000000 1 example.org. AAAA
                """);
        assertThat(signed.rrsets().stream().filter(rrset -> rrset.type().equals(RecordType.RRSIG)))
                .extracting(RecordSet::ttl)
                .containsExactlyInAnyOrder(30, 50);
        assertThat(signed.answer(DomainName.of("a.example.org."), RecordType.TXT, true))
                .isInstanceOfSatisfying(
                        StaticAnswer.Said.class,
                        said -> assertThat(said.answer())
                                .extracting(rrset -> rrset.type() + " " + rrset.ttl())
                                .containsExactly("TXT 50", "RRSIG 50"));
    }

    @Test
    void recordsWithoutTheZonesSoaAreNoZone() {
        assertThat(made("@ IN NS ns1")).isEqualTo(new StaticZone.Made.Unfit("there is no SOA record of example.org."));
        assertThat(made("a 60 IN SOA ns1 admin 7 7200 1800 86400 60"))
                .isEqualTo(new StaticZone.Made.Unfit("the SOA record belongs to a.example.org., not to example.org."));
    }

    private static StaticZone zone(String text) {
        if (made(text) instanceof StaticZone.Made.Zone(var zone)) {
            return zone;
        }
        throw new AssertionError("no zone: " + text);
    }

    private static StaticZone.Made made(String text) {
        return switch (MasterFile.read(text, ORIGIN)) {
            case MasterFile.Read.Records(var records) -> StaticZone.of(ORIGIN, records);
            case MasterFile.Read.Unreadable(int line, var why) -> throw new AssertionError(line + ": " + why);
        };
    }

    private static String text(StaticAnswer answer) {
        return switch (answer) {
            case StaticAnswer.Said(var rcode, boolean aa, var rrsets, var authority, var additional) ->
                (aa ? "aa " : "") + rcode + " " + text(rrsets) + "; " + text(authority)
                        + (additional.isEmpty() ? "" : "; " + text(additional));
            case StaticAnswer.Elsewhere(var aliases, var target) -> "elsewhere " + text(aliases);
            case StaticAnswer.Circle(var name) -> "circle";
        };
    }

    private static String text(List<RecordSet> rrsets) {
        return rrsets.stream()
                .map(rrset -> relative(rrset.owner()) + " " + rrset.type())
                .collect(Collectors.joining(", "));
    }

    private static String relative(DomainName name) {
        return name.equals(ORIGIN) ? "@" : name.toString().replace("." + ORIGIN, "");
    }
}
