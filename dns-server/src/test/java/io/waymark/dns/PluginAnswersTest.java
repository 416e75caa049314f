package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.reload.CorefileOrigin;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the small plugins answer, asked of a whole server over UDP. The answers are those that CoreDNS
/// 1.15.0 gave with the same Corefile, but for what is marked: see docs/differences.md.
class PluginAnswersTest {
    private static final String COREFILE = """
            a.test { bind 127.0.0.1
                whoami
            }
            b.test { bind 127.0.0.1
                any
                nsid hello
                minimal
                whoami
            }
            bind server { bind 127.0.0.1
                chaos WM-1 bob alice bob
            }
            localhost in-addr.arpa example.org { bind 127.0.0.1
                local
                whoami
            }
            off.test { bind 127.0.0.1
                local {
                    localhost_prefix off
                }
                whoami
            }
            block.test { bind 127.0.0.1
                acl {
                    block type A net 127.0.0.0/8
                    filter type AAAA
                    drop type MX
                    allow type TXT
                    block type TXT
                    BLOCK net 10.0.0.0/8 ::1
                }
                acl deep.block.test {
                    block type * net *
                }
                whoami
            }
            hdr.test { bind 127.0.0.1
                header {
                    response set ra
                    response clear aa rd
                }
                whoami
            }
            hdr2.test { bind 127.0.0.1
                header {
                    query clear RD
                }
                whoami
            }
            hdr3.test { bind 127.0.0.1
                header {
                    query set rd
                    response set ra
                }
                whoami
            }
            nsid.test { bind 127.0.0.1
                nsid
                whoami
            }
            """;

    private static final DnsServer SERVER = start();
    private static final Client CLIENT = client();

    private static DnsServer start() {
        return switch (ServerPlan.read("Corefile", COREFILE, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(new DnsServerConfig(
                        plan,
                        CorefileOrigin.fixed(plan),
                        (api, limits, scope, observer) -> new HandSource(),
                        1,
                        ListenerLimits.DEFAULT,
                        new PrintStream(OutputStream.nullOutputStream()),
                        Duration.ofSeconds(1)));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }

    private static Client client() {
        try {
            return new Client(SERVER);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterAll
    static void close() {
        CLIENT.close();
        SERVER.close();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            a.test A                        ~ NOERROR aa rd | | AD: a.test. 0 IN A 127.0.0.1; _udp.a.test. 0 IN SRV 0 0 PORT .
            b.test ANY                      ~ NOERROR rd | | AN: b.test. 8482 IN HINFO "ANY obsoleted" "See RFC 8482"
            b.test TXT                      ~ NOERROR aa rd | |
            version.bind CH TXT             ~ NOERROR rd | | AN: version.bind. 0 CH TXT "WM-1"
            VERSION.server CH TXT           ~ NOERROR rd | | AN: version.server. 0 CH TXT "WM-1"
            authors.bind CH TXT             ~ NOERROR rd | | AN: authors.bind. 0 CH TXT "alice"; authors.bind. 0 CH TXT "bob"
            foo.bind CH TXT                 ~ SERVFAIL rd | |
            version.bind CH A               ~ SERVFAIL rd | |
            version.bind TXT                ~ SERVFAIL rd | |
            a.test CH TXT                   ~ REFUSED rd | |
            localhost A                     ~ NOERROR rd | | AN: localhost. 604800 IN A 127.0.0.1
            localhost AAAA                  ~ NOERROR rd | | AN: localhost. 604800 IN AAAA ::1
            localhost SOA                   ~ NOERROR rd | | AN: localhost. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            localhost NS                    ~ NOERROR rd | | AN: localhost. 604800 IN NS localhost.
            localhost MX                    ~ NOERROR rd | | AU: localhost. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            foo.LOCALhost A                 ~ NOERROR rd | | AN: foo.localhost. 604800 IN A 127.0.0.1
            foo.localhost AAAA              ~ NOERROR rd | | AN: foo.localhost. 604800 IN AAAA ::1
            foo.localhost MX                ~ NOERROR rd | | AU: foo.localhost. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            localhost.example.org A         ~ NOERROR rd | | AN: localhost.example.org. 604800 IN A 127.0.0.1
            localhost.off.test TXT          ~ NOERROR aa rd | | AD: localhost.off.test. 0 IN A 127.0.0.1; _udp.localhost.off.test. 0 IN SRV 0 0 PORT .
            1.0.0.127.in-addr.arpa PTR      ~ NOERROR rd | | AN: 1.0.0.127.in-addr.arpa. 604800 IN PTR localhost.
            1.0.0.127.in-addr.arpa A        ~ NOERROR rd | | AU: 127.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            2.0.0.127.in-addr.arpa PTR      ~ NXDOMAIN rd | | AU: 127.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            127.in-addr.arpa SOA            ~ NOERROR rd | | AN: 127.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            127.in-addr.arpa A              ~ NOERROR rd | | AU: 127.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            255.in-addr.arpa NS             ~ NOERROR rd | | AN: 255.in-addr.arpa. 604800 IN NS localhost.
            1.255.in-addr.arpa A            ~ NXDOMAIN rd | | AU: 255.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800
            128.in-addr.arpa A              ~ NOERROR aa rd | | AD: 128.in-addr.arpa. 0 IN A 127.0.0.1; _udp.128.in-addr.arpa. 0 IN SRV 0 0 PORT .
            a.block.test TXT                ~ NOERROR aa rd | | AD: a.block.test. 0 IN A 127.0.0.1; _udp.a.block.test. 0 IN SRV 0 0 PORT .
            a.block.test SRV                ~ NOERROR aa rd | | AD: a.block.test. 0 IN A 127.0.0.1; _udp.a.block.test. 0 IN SRV 0 0 PORT .
            +dnssec a.block.test A          ~ REFUSED rd | do EDE=15 |
            +dnssec a.block.test AAAA       ~ NOERROR rd | do EDE=17 |
            +dnssec x.deep.block.test SRV   ~ REFUSED rd | do EDE=15 |
            hdr.test A                      ~ NOERROR ra | | AD: hdr.test. 0 IN A 127.0.0.1; _udp.hdr.test. 0 IN SRV 0 0 PORT .
            +norec hdr.test A               ~ NOERROR ra | | AD: hdr.test. 0 IN A 127.0.0.1; _udp.hdr.test. 0 IN SRV 0 0 PORT .
            hdr2.test A                     ~ NOERROR aa | | AD: hdr2.test. 0 IN A 127.0.0.1; _udp.hdr2.test. 0 IN SRV 0 0 PORT .
            +norec hdr3.test A              ~ NOERROR aa rd ra | | AD: hdr3.test. 0 IN A 127.0.0.1; _udp.hdr3.test. 0 IN SRV 0 0 PORT .
            +nsid +dnssec b.test TXT        ~ NOERROR aa rd | do NSID="hello" |
            """)
    void areAsOfCoreDns(String query, String reply) throws IOException {
        assertThat(ask(query)).isEqualTo(reply);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            0.0.127.in-addr.arpa PTR ~ NOERROR rd | | AU: 127.in-addr.arpa. 604800 IN SOA localhost. root.localhost. 1 0 0 0 604800 ~ it is an empty non-terminal; CoreDNS denies it
            +noedns a.block.test A   ~ REFUSED rd | |         ~ without OPT in the query there is none in the reply (RFC 6891 §7); CoreDNS sends one
            a.block.test AAAA        ~ NOERROR rd | EDE=17 |  ~ DO is as asked; CoreDNS sets it
            +nsid b.test TXT         ~ NOERROR aa rd | NSID="hello" | ~ DO is as asked; CoreDNS sets it
            """)
    void differOnPurpose(String query, String reply, String because) throws IOException {
        assertThat(ask(query)).as(because).isEqualTo(reply);
    }

    @Test
    void theHostIsNamed() throws IOException {
        assertThat(ask("hostname.bind CH TXT")).endsWith("CH TXT \"" + HostName.read() + "\"");
        assertThat(ask("+nsid nsid.test A")).contains("NSID=\"" + HostName.read() + "\"");
    }

    @Test
    void aQueryThatIsDroppedHasNoReply() throws IOException {
        CLIENT.send(ReplyText.query("a.block.test MX"));
        assertThat(ask("a.test TXT")).startsWith("NOERROR");
    }

    @Test
    void theLettersOfTheQuestionComeBack() throws IOException {
        CLIENT.send(ReplyText.query("VeRsion.BIND CH TXT"));
        assertThat(new String(CLIENT.receive(), StandardCharsets.ISO_8859_1))
                .contains("VeRsion")
                .contains("BIND");
    }

    private static String ask(String query) throws IOException {
        CLIENT.send(ReplyText.query(query));
        return ReplyText.of(CLIENT.receive());
    }
}
