package io.waymark.proxy.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.RuleWorld;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a back end that rests is given meanwhile, and what is kept for later.
class PendingTest {
    private static final Duration NOW = Duration.ZERO;
    private static final Duration LONG = Duration.ofHours(1);

    private final RuleWorld world = new RuleWorld(
            RuleConfig.IPTABLES, new NodeFacts("here", "", List.of(), List.of(), List.of()), IpFamily.IPV4);
    private final Pending pending = new Pending();

    private void put(String cluster) {
        pending.add(world.put(cluster), 0);
    }

    private List<String> taken(Duration rest) throws InterruptedException {
        return pending.take(NOW, rest).changes().stream()
                .flatMap(change -> change.services().stream())
                .map(delta -> delta.key().service().name() + (delta.after().isEmpty() ? " gone" : ""))
                .toList();
    }

    @Test
    void aServiceThatGoesDoesNotWaitForOneThatComes() throws InterruptedException {
        put("service shop/old 10.96.0.1 80/TCP");
        assertThat(taken(NOW)).containsExactly("old");
        put("service shop/new 10.96.0.2 80/TCP\nservice shop/old headless 80/TCP");
        assertThat(taken(LONG)).containsExactly("old gone");
        assertThat(taken(LONG)).isEmpty();
        assertThat(taken(NOW)).containsExactly("new");
        assertThat(taken(NOW)).isEmpty();
    }

    @Test
    void unlessTheOneThatComesGetsItsAddress() throws InterruptedException {
        put("service shop/old 10.96.0.1 80/TCP");
        assertThat(taken(NOW)).containsExactly("old");
        put("service shop/old headless 80/TCP\nservice shop/new 10.96.0.1 80/TCP");
        assertThat(taken(LONG)).isEmpty();
        assertThat(taken(NOW)).containsExactly("new", "old gone");
    }
}
