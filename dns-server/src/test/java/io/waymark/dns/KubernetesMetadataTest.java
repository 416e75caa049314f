package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.rr.RecordType;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What `kubernetes` says of a query, told by another plugin of a whole server in a TXT record: `gone` is what it
/// says nothing about.
class KubernetesMetadataTest {

    @ParameterizedTest(name = "{0} of {1}, with {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # label                      | asked for                            | Pods at the client's address  | told
            kubernetes/client-namespace  | cart.shop.svc.cluster.local.         | pod shop/client 127.0.0.1     | shop
            kubernetes/client-namespace  | example.com.                         | pod shop/client 127.0.0.1     | shop
            kubernetes/client-namespace  | cart.shop.svc.cluster.local.         | pod shop/client 10.244.0.9    | gone
            kubernetes/client-pod-name   | example.com.                         | pod shop/client 127.0.0.1     | client
            kubernetes/client-pod-name   | example.com.                         | pod shop/client 10.244.0.9    | gone
            kubernetes/client-label/app  | example.com.                         | pod shop/client 127.0.0.1 app=cart   | cart
            kubernetes/client-label/team | example.com.                         | pod shop/client 127.0.0.1 app=cart   | gone
            kubernetes/client-label/     | example.com.                         | pod shop/client 127.0.0.1 app=cart   | gone
            kubernetes/client-pod-name   | example.com.                         | pod shop/client 127.0.0.1 hostnetwork | gone
            kubernetes/service           | cart.shop.svc.cluster.local.         | pod shop/client 10.244.0.9    | cart
            kubernetes/port-name         | _http._tcp.a.shop.svc.cluster.local. | pod shop/client 10.244.0.9    | http
            kubernetes/service           | example.com.                         | pod shop/client 10.244.0.9    | gone
            kubernetes/parse-error       | cart.shop.other.cluster.local.       | pod shop/client 10.244.0.9    | invalid query name
            kubernetes/parse-error       | cart.shop.svc.cluster.local.         | pod shop/client 10.244.0.9    | gone
            kubernetes/other             | cart.shop.svc.cluster.local.         | pod shop/client 10.244.0.9    | gone
            """)
    void tells(String label, String asked, String pods, String told) throws IOException {
        var source = new HandSource().bring(pods);
        source.sync();
        try (var server = start(source, label);
                var client = new Client(server)) {
            assertThat(client.udp(Ask.query(7, asked, RecordType.TXT)))
                    .contains("TXT \"" + (told.equals("gone") ? "" : told) + "\"");
            assertThat(server.defects()).isZero();
        }
    }

    private static DnsServer start(HandSource source, String label) {
        var corefile = """
                . {
                    bind 127.0.0.1
                    metadata
                    template IN TXT . {
                        answer "{{ .Name }} 60 IN TXT \\\\"{{ .Meta `%s` }}\\\\""
                    }
                    kubernetes cluster.local {
                        pods verified
                    }
                }
                """.formatted(label).replace("\\\\", "\\");
        return switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(
                        DnsServerConfig.of(plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> source));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }
}
