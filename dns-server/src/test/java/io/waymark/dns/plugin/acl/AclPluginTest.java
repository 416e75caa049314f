package io.waymark.dns.plugin.acl;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.dns.plugin.acl.AclStage.Action;
import io.waymark.dns.plugin.acl.AclStage.Policy;
import io.waymark.dns.plugin.acl.AclStage.Rule;
import io.waymark.records.address.Cidr;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Two rules: for `test.` clients of 10.1.0.0/16 are let through, those of 10.0.0.0/8 and fd00::/8
/// dropped; for `test.` and `a.test.` TXT is blocked and MX filtered. The block's view is `inside`.
class AclPluginTest {
    private final Metrics metrics = new Metrics();
    private final AclPlugin acl = new AclPlugin(
            List.of(
                    new Rule(
                            List.of(DomainName.of("test.")),
                            List.of(
                                    policy(Action.ALLOW, Set.of(), "10.1.0.0/16"),
                                    policy(Action.DROP, Set.of(), "10.0.0.0/8", "fd00::/8"))),
                    new Rule(
                            List.of(DomainName.of("test."), DomainName.of("a.test.")),
                            List.of(
                                    policy(Action.BLOCK, Set.of(RecordType.TXT)),
                                    policy(Action.FILTER, Set.of(RecordType.MX))))),
            "inside",
            metrics);

    @ParameterizedTest(name = "{0} {1} from {2}: {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # name    | type | client      | counted as
            x.test.   | TXT  | 10.1.2.3    | allowed [, inside]
            x.test.   | A    | 10.2.2.3    | dropped [, test., inside]
            x.test.   | A    | fd00::1     | dropped [, test., inside]
            x.test.   | A    | 192.0.2.1   | allowed [, inside]
            x.test.   | TXT  | 192.0.2.1   | blocked [, test., inside]
            b.a.test. | TXT  | 192.0.2.1   | blocked [, a.test., inside]
            b.a.test. | MX   | 2001:db8::1 | filtered [, a.test., inside]
            other.    | TXT  | 10.2.2.3    | allowed [, inside]
            """)
    void decidesByTheFirstPolicyThatMatches(String name, String type, String client, String counted) {
        var exchange = HandExchange.of(name, RecordType.parse(type).orElseThrow(), client);
        var outcome = acl.answer(exchange, behind -> Outcome.PASS);
        assertThat(outcome instanceof Outcome.Pass).isEqualTo(counted.startsWith("allowed"));
        assertThat(outcome instanceof Outcome.Drop).isEqualTo(counted.startsWith("dropped"));
        assertThat(counted()).isEqualTo(counted);
    }

    /// The one counter that is not zero.
    private String counted() {
        return metrics.families().stream()
                .map(CounterFamily.class::cast)
                .flatMap(family -> family.counters().entrySet().stream()
                        .filter(counter -> counter.getValue().sum() == 1)
                        .map(counter ->
                                family.name().replaceAll("coredns_acl_|_requests_total", "") + " " + counter.getKey()))
                .toList()
                .getFirst();
    }

    private static Policy policy(Action action, Set<RecordType> types, String... nets) {
        return new Policy(action, types, List.of(nets).stream().map(Cidr::of).toList());
    }
}
