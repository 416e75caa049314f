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

/// A client's search list, walked by a whole server; the client's address is that of a Pod.
class AutopathTest {
    private static final String CLUSTER = """
            service  bank/safe  10.96.0.12  80/TCP
            service  shop/cart  10.96.0.10  80/TCP
            pod      shop/other 10.244.1.1
            """;
    private static final String WALKED =
            "NOERROR aa: safe.bank.shop.svc.cluster.local. CNAME safe.bank.svc.cluster.local.,"
                    + " safe.bank.svc.cluster.local. A 10.96.0.12";

    @ParameterizedTest(name = "{0}, with {1}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # asked for               | Pods at the client's address        | says     | because
            safe.bank.shop            | pod shop/client 127.0.0.1           | walked   | it lies in the client's namespace
            cart.shop                 | pod shop/client 127.0.0.1           | 10.96.0.10 | the name itself exists
            safe.bank.bank            | pod shop/client 127.0.0.1           | NXDOMAIN | it is no name of this client's list
            gone.shop                 | pod shop/client 127.0.0.1           | NXDOMAIN | no name of the list exists
            safe.bank.shop            | pod shop/client 10.244.1.9          | NXDOMAIN | the client is no Pod
            safe.bank.shop            | pod shop/client 127.0.0.1 hostnetwork | NXDOMAIN | the address is the node's
            safe.bank.shop            | pod shop/client 127.0.0.1~pod shop/next 127.0.0.1 | NXDOMAIN | the address changes hands
            safe.bank.shop            | pod shop/client 127.0.0.1~pod bank/next 127.0.0.1 | NXDOMAIN | two namespaces have it
            """)
    void says(String asked, String pods, String says, String because) throws IOException {
        var name = asked + ".svc.cluster.local.";
        var expected = says.startsWith("10.") ? "NOERROR aa: " + name + " A " + says : says;
        var source = new HandSource().bring(CLUSTER).bring(pods.replace('~', '\n'));
        source.sync();
        try (var server = start(source);
                var client = new Client(server)) {
            var query = Ask.query(7, name, RecordType.A);
            for (int i = 0; i < 2; i++) {
                assertThat(client.udp(query)).as(because).startsWith(expected.equals("walked") ? WALKED : expected);
            }
            assertThat(server.defects()).isZero();
        }
    }

    private static DnsServer start(HandSource source) {
        var corefile = """
                . {
                    bind 127.0.0.1
                    autopath @kubernetes
                    kubernetes cluster.local {
                        pods verified
                    }
                }
                """;
        return switch (ServerPlan.read("Corefile", corefile, name -> Optional.empty(), ImportResolver.NONE, 0)) {
            case PlanRead.Planned(var plan) ->
                DnsServer.start(
                        DnsServerConfig.of(plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> source));
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(List.copyOf(problems));
        };
    }
}
