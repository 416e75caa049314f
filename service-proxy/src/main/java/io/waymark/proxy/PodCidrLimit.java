package io.waymark.proxy;

import io.waymark.proxy.reconcile.RuleFeed;
import java.time.Duration;
import java.util.function.Consumer;

/// Gives up if the own Node has no Pod ranges in kube-proxy's five minutes, where they are needed.
/// Waits on a thread of its own until [#close].
final class PodCidrLimit implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final Thread waiting;

    PodCidrLimit(RuleFeed feed, String nodeName, Consumer<String> givesUp) {
        this.waiting = Thread.ofVirtual().name("pod-cidrs").start(() -> await(feed, nodeName, givesUp));
    }

    private static void await(RuleFeed feed, String nodeName, Consumer<String> givesUp) {
        try {
            if (!feed.awaitBegun(LIMIT)) {
                givesUp.accept("timeout waiting for PodCIDR allocation on node \"" + nodeName + "\"");
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        waiting.interrupt();
    }
}
