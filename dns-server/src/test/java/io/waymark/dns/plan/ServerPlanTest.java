package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Zones, listeners and the order of stages. In the tables `~` is a line end.
class ServerPlanTest {

    @ParameterizedTest(name = "{0} is served as {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # zones                    | listeners                                             | because
            .                          | :53 .                                                 | the port has a default
            a.org:5353 b.org           | :53 b.org., :5353 a.org.                              | each zone has its port
            dns://A.Org                | :53 a.org.                                            | a scheme may stand in front
            10.0.0.0/24                | :53 0.0.10.in-addr.arpa.                              | a prefix stands for its reverse zone
            10.0.0.0/8:1053            | :1053 10.in-addr.arpa.                                | with a port
            192.168.1.1/23             | :53 0.168.192.in-addr.arpa. 1.168.192.in-addr.arpa.   | or several, between two octets
            0.0.0.0/0                  | :53 in-addr.arpa.                                     | or all
            10.1.2.3/32                | :53 3.2.1.10.in-addr.arpa.                            | or one address
            2001:db8::/31              | :53 8.b.d.0.1.0.0.2.ip6.arpa. 9.b.d.0.1.0.0.2.ip6.arpa. | IPv6 has four bits a label
            0/25.2.0.192.in-addr.arpa  | :53 0/25.2.0.192.in-addr.arpa.                        | RFC 2317 names hold a slash
            """)
    void serves(String zones, String expected, String because) {
        assertThat(listeners(zones + " {\n}")).as(because).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} is refused")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # zones          | is refused with
            a.org:           | Corefile:1:1: zone "a.org:": found "" behind the colon, expected a port from 0 to 65535
            a.org:65536      | Corefile:1:1: zone "a.org:65536": found "65536" behind the colon, expected a port from 0 to 65535
            a.org:dns        | Corefile:1:1: zone "a.org:dns": found "dns" behind the colon, expected a port from 0 to 65535
            10.0.0.0/33      | Corefile:1:1: zone "10.0.0.0/33": found "/33" behind the address, expected a prefix length from /0 to /32
            a..org           | Corefile:1:1: found "a..org", expected a zone: a domain name such as cluster.local, "." for all names, or a prefix such as 10.0.0.0/24
            fd00::1          | Corefile:1:1: found "fd00::1", expected a zone: a domain name such as cluster.local, "." for all names, or a prefix such as 10.0.0.0/24
            udp://a.org      | Corefile:1:1: unknown transport "udp://"; allowed are dns://, tls://, quic://, grpc://, https://, https3://
            quic://a.org     | Corefile:1:1: transport quic:// is not supported yet by this version; serve the zone over dns://, tls:// or https://
            tls://a.org      | Corefile:1:1: warning: tls://a.org.:853 is served without encryption, for its block has no certificate; add "tls CERTIFICATE KEY", or see to it that a proxy before it ends the TLS
            a.org b.org A.ORG. | Corefile:1:13: dns://a.org.:53 is already served by Corefile:1:1; remove one of them, or give them different ports or bind addresses
            10.0.0.1         | Corefile:1:1: warning: zone "10.0.0.1" is read as a name; for the reverse zone of the address write 10.0.0.1/32
            """)
    void refuses(String zones, String expected) {
        assertThat(PlanText.remarks(zones + " {\n}")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # bind addresses of two blocks for one zone | refused with       | because
            127.0.0.1 / 127.0.0.2                       |                    | the addresses differ
            0.0.0.0 / 127.0.0.1                         |                    | as for CoreDNS
            127.0.0.1 / 127.0.0.1                       | on 127.0.0.1       | one of them would never be asked
            / 127.0.0.1                                 | on all addresses   | all addresses hold this one
            127.0.0.1 /                                 | on 127.0.0.1       | all addresses hold that one
            :: / 127.0.0.1                              | on all addresses   | :: is all addresses
            """)
    void aZoneHasOneBlockAtAnAddress(String binds, String where, String because) {
        String[] bind = (" " + binds + " ").split("/");
        String text = "a.org {\n" + line(bind[0]) + "\n}\na.org {\n" + line(bind[1]) + "\n}";
        assertThat(PlanText.remarks(text))
                .as(because)
                .isEqualTo(
                        where == null
                                ? ""
                                : "Corefile:4:1: dns://a.org.:53 is already served " + where
                                        + " by Corefile:1:1; remove one of them, or give them different ports or bind addresses");
    }

    @Test
    void onePortHasOneCertificate() {
        assertThat(PlanText.remarks(
                        "tls://a.org {\n tls c k\n}\ntls://b.org {\n tls c k2\n}\ntls://c.org {\n tls c k\n}"))
                .isEqualTo("Corefile:4:1: tls://b.org.:853 and another block at this port have different certificates;"
                        + " one port has one: give both the same line tls, or different ports");
    }

    private static String line(String addresses) {
        return addresses.isBlank() ? "" : "bind" + addresses;
    }

    @Test
    void stagesActInTheirFixedOrderWhateverTheOrderOfTheLines() {
        var plan = PlanText.plan("""
                . {
                  forward a.org 10.0.0.1
                  kubernetes cluster.local
                  log
                  errors
                  forward . 10.0.0.2
                  health
                  ready
                  bind 127.0.0.1
                }
                """);
        assertThat(plan.blocks().getFirst().stages())
                .extracting(stage -> stage.plugin())
                .containsExactly("bind", "ready", "health", "errors", "log", "kubernetes", "forward", "forward");
    }

    @Test
    void severalBindLinesAddUpAndEachAddressIsAListener() {
        assertThat(listeners("a.org:5353 b.org {\nbind 127.0.0.1 ::1\nbind 127.0.0.1\n}"))
                .isEqualTo("127.0.0.1:53 b.org., 127.0.0.1:5353 a.org., [::1]:53 b.org., [::1]:5353 a.org.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # lines of bind                        | listeners
            bind ::1~bind ::1                      | [::1]:53
            bind eth0                              | 10.0.0.1:53, [fd00::1]:53
            bind eth0 10.0.0.1 lo                  | 10.0.0.1:53, 127.0.0.1:53, [::1]:53, [fd00::1]:53
            bind eth0 {~except fd00::1~}           | 10.0.0.1:53
            bind lo eth0 {~except eth0 ::1~}       | 127.0.0.1:53
            bind lo {~except eth7~}                | 127.0.0.1:53, [::1]:53
            bind lo {~except ::1~}~bind ::1        | 127.0.0.1:53, [::1]:53
            """)
    void anInterfaceStandsForItsAddressesAndAnExceptionHoldsForItsLine(String lines, String listeners) {
        var interfaces = Map.of(
                "lo", List.of(IpAddress.of("127.0.0.1"), IpAddress.of("::1")),
                "eth0", List.of(IpAddress.of("10.0.0.1"), IpAddress.of("fd00::1")));
        var host = new Host(
                name -> Optional.empty(), ImportResolver.NONE, name -> interfaces.getOrDefault(name, List.of()));
        var text = ". {\n" + lines.replace('~', '\n') + "\n}";
        assertThat(ServerPlan.read("Corefile", text, host, new ListenAddress(ListenAddress.ANY, 53)))
                .isInstanceOfSatisfying(
                        PlanRead.Planned.class,
                        planned -> assertThat(planned.plan().listeners())
                                .extracting(listener -> listener.address().toString())
                                .containsExactly(listeners.split(", ")));
    }

    @Test
    void theClosestZoneOfAListenerAnswers() {
        var listener =
                PlanText.plan(". {\n}\nb.org {\n}\na.b.org {\n}").listeners().getFirst();
        assertThat(listener.closest(DomainName.of("x.b.org")))
                .hasValueSatisfying(served -> assertThat(served.zone()).isEqualTo(DomainName.of("b.org")));
        assertThat(listener.closest(DomainName.of("xb.org")))
                .hasValueSatisfying(served -> assertThat(served.zone()).isEqualTo(DomainName.ROOT));
        assertThat(PlanText.plan("b.org {\n}").listeners().getFirst().closest(DomainName.of("org")))
                .isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # pods      | autopath                     | is remarked
            disabled    | autopath @kubernetes         | Corefile:5:14: warning: autopath: @kubernetes has no effect, for kubernetes of the same block has pods disabled; write "pods verified" there
            insecure    | autopath a.org @kubernetes   | Corefile:5:20: warning: autopath: @kubernetes has no effect, for kubernetes of the same block has pods insecure; write "pods verified" there
            verified    | autopath @kubernetes         |
            disabled    | autopath /etc/resolv.conf    |
            """)
    void autopathNeedsPods(String pods, String autopath, @Nullable String remark) {
        var text = "a.org {\n    kubernetes {\n        pods " + pods + "\n    }\n    " + autopath + "\n}";
        assertThat(PlanText.remarks(text)).isEqualTo(remark == null ? "" : remark);
    }

    @Test
    void problemsOfSyntaxAndOfMeaningAreReportedTogether() {
        assertThat(PlanText.remarks("""
                .:53{
                  frward . 10.0.0.1
                  geoip /db {
                    edns-subnet
                  }
                  kubernetes cluster.local {
                    pods insecur
                    upstream
                  }
                  chewbacca
                """)).isEqualTo("""
                Corefile:1:1: ".:53{" ends with a brace; put a space before the "{"
                Corefile:1:5: this "{" is not closed; add a "}" where its block ends
                Corefile:2:3: unknown plugin "frward"; did you mean "forward"?
                Corefile:3:3: plugin "geoip" is no part of Waymark; remove the line and its block: choose blocks by the addresses of clients with view instead
                Corefile:7:10: pods: found "insecur", expected one of disabled, insecure, verified; did you mean "insecure"?
                Corefile:10:3: unknown plugin "chewbacca"; supported are %s
                Corefile:8:5: warning: kubernetes: option upstream has had no effect since CoreDNS 1.7 and has none here; remove the line""".formatted(String.join(", ", PluginOrder.supported())));
    }

    @Test
    void aBlockWhoseZonesAreWrongIsReadNonetheless() {
        assertThat(PlanText.remarks("a..org {\nerorrs\nkubernetes\n}")).isEqualTo("""
                Corefile:1:1: found "a..org", expected a zone: a domain name such as cluster.local, "." for all names, or a prefix such as 10.0.0.0/24
                Corefile:2:1: unknown plugin "erorrs"; did you mean "errors"?""");
    }

    private static String listeners(String text) {
        return PlanText.plan(text).listeners().stream()
                .map(listener -> listener.address() + " "
                        + listener.zones().stream()
                                .map(served -> served.zone().toString())
                                .collect(Collectors.joining(" ")))
                .collect(Collectors.joining(", "));
    }
}
