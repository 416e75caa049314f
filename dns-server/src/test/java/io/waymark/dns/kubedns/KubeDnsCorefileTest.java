package io.waymark.dns.kubedns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver.Resolution;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.PluginOrder;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The Corefile that kube-dns' flags and ConfigMap come to.
class KubeDnsCorefileTest {
    private static final KubeDnsSettings BARE = new KubeDnsSettings(
            DomainName.of("cluster.local."),
            new KubeDnsSettings.Ports(List.of(10053, 53), 8081, 10054, 10055),
            Optional.empty(),
            List.of(),
            List.of(),
            Duration.ofSeconds(60));

    private static KubeDnsConfig config(String stubs, String upstreams) {
        return KubeDnsReader.read(
                        Map.of("stubDomains", stubs, "upstreamNameservers", upstreams),
                        BARE.domain(),
                        KubeDnsConfig.EMPTY)
                .config();
    }

    private static Nameserver.Address address(String text) {
        return (Nameserver.Address) Nameserver.parse(text).orElseThrow();
    }

    @Test
    void anEmptyConfigMapIsTheClusterAndTheNodesOwnResolvers() {
        assertThat(KubeDnsCorefile.text(BARE, KubeDnsConfig.EMPTY, Map.of(), List.of()))
                .isEqualTo("""
                .:10053 .:53 {
                    errors
                    ready :8081 {
                        path /readiness
                    }
                    health :10054 {
                        path /healthcheck/kubedns /healthcheck/dnsmasq
                    }
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        pods insecure
                        ttl 30
                        startup_timeout 60000ms
                        fallthrough in-addr.arpa ip6.arpa
                    }
                    forward . /etc/resolv.conf
                }
                """);
    }

    @Test
    void eachStubDomainHasABlockOfItsOwn() {
        var config = config("{\"acme.local\": [\"1.2.3.4\", \"2001:db8::1\"]}", "[\"8.8.8.8\", \"8.8.4.4:54\"]");
        var text = KubeDnsCorefile.text(BARE, config, Map.of(), List.of());
        assertThat(text).contains("    forward . 8.8.8.8:53 8.8.4.4:54\n").endsWith("""
                acme.local:10053 acme.local:53 {
                    errors
                    forward . 1.2.3.4:53 [2001:db8::1]:53
                }
                """);
    }

    @Test
    void aServerWithANameIsAskedAtItsAddressesOnceTheyAreKnown() {
        var config = config("{\"acme.local\": [\"ns.acme.local:54\"]}", "");
        var named = (Nameserver.Named) Nameserver.parse("ns.acme.local:54").orElseThrow();
        assertThat(KubeDnsCorefile.text(BARE, config, Map.of(named, List.of(address("1.2.3.4:54"))), List.of()))
                .endsWith("    forward . 1.2.3.4:54\n}\n");
        assertThat(KubeDnsCorefile.text(BARE, config, Map.of(), List.of()))
                .as("until then its names are not asked of somebody else")
                .endsWith("acme.local:10053 acme.local:53 {\n    errors\n}\n");
    }

    @Test
    void theFlagNameserversCountsWhereTheConfigMapNamesNone() {
        var settings = new KubeDnsSettings(
                BARE.domain(),
                new KubeDnsSettings.Ports(List.of(53), 0, 0, 0),
                Optional.of("10.0.0.1"),
                List.of("kubeconfig /etc/kube.config"),
                List.of(address("9.9.9.9")),
                Duration.ofSeconds(5));
        var flag = KubeDnsCorefile.text(settings, KubeDnsConfig.EMPTY, Map.of(), List.of("prometheus"));
        assertThat(flag)
                .contains("forward . 9.9.9.9:53", "bind 10.0.0.1", "kubeconfig /etc/kube.config")
                .doesNotContain("prometheus", "ready", "health");
        assertThat(KubeDnsCorefile.text(settings, config("", "[\"8.8.8.8\"]"), Map.of(), List.of()))
                .contains("forward . 8.8.8.8:53\n");
    }

    @Test
    void whatIsWrittenIsACorefileWithoutProblems() {
        var config = config(
                "{\"acme.local\": [\"1.2.3.4\"], \"later.local\": [\"ns.x\"], \"x.cluster.local\": [\"1.2.3.4\"]}",
                "[\"8.8.8.8\"]");
        var text = KubeDnsCorefile.text(BARE, config, Map.of(), PluginOrder.supported());
        assertThat(ServerPlan.read(
                        "kube-dns",
                        text,
                        name -> Optional.empty(),
                        (file, pattern) -> new Resolution.Files(List.of()),
                        53))
                .isInstanceOfSatisfying(PlanRead.Planned.class, planned -> {
                    assertThat(planned.plan().warnings()).isEmpty();
                    assertThat(planned.plan().blocks()).hasSize(4);
                });
    }
}
