package io.waymark.dns.pipeline;

import io.waymark.dns.pipeline.ServerBlock.Traits;
import java.util.List;

/// Server blocks made by hand; their plugins have no names.
public final class HandBlock {
    private HandBlock() {}

    /// A block of these plugins in their order.
    public static ServerBlock of(boolean recursion, Plugin... plugins) {
        return of(recursion, List.of(), List.of(), plugins);
    }

    static ServerBlock of(
            boolean recursion, List<Observer> observers, List<Observer> failureObservers, Plugin... plugins) {
        return new ServerBlock(
                recursion ? Traits.PLAIN.withRecursion() : Traits.PLAIN,
                List.of(plugins).stream()
                        .map(plugin -> new NamedPlugin("by hand", plugin))
                        .toList(),
                observers,
                failureObservers);
    }
}
