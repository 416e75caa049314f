package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.ForwardOptions.Policy;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

/// In which order a question tries the upstreams.
final class UpstreamChoice {
    private final Policy policy;
    private final RandomGenerator random;
    private final AtomicInteger turn = new AtomicInteger();

    UpstreamChoice(Policy policy, RandomGenerator random) {
        this.policy = policy;
        this.random = random;
    }

    /// Each of `0` to `count - 1` once.
    int[] order(int count) {
        var order = new int[count];
        for (int i = 0; i < count; i++) {
            order[i] = i;
        }
        switch (policy) {
            case RANDOM -> shuffle(order);
            case ROUND_ROBIN -> rotate(order, Math.floorMod(turn.getAndIncrement(), count));
            case SEQUENTIAL -> {}
        }
        return order;
    }

    private void shuffle(int[] order) {
        for (int i = order.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int moved = order[i];
            order[i] = order[other];
            order[other] = moved;
        }
    }

    private static void rotate(int[] order, int by) {
        for (int i = 0; i < order.length; i++) {
            order[i] = (i + by) % order.length;
        }
    }
}
