package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;

/// One back end: the part of the kernel that the rules are made in. One thread uses it, and blocks.
/// Lifecycle: [#start] until it succeeds, then [#apply] and [#verify], [#close], which leaves the kernel
/// as it is.
public interface RuleApplier extends AutoCloseable {

    /// Makes the kernel hold all of it, whatever it held before. Traffic that was served stays served.
    /// @param desired of each family
    void start(Collection<RuleSet> desired) throws ApplyException;

    /// Makes the kernel hold what the changes lead to, all families in one step.
    /// @return how many entries of the kernel that took
    /// @throws ApplyException if it refused: the changes count as made, and [#verify] makes them
    int apply(Collection<RuleChanges> changes) throws ApplyException;

    /// How long from now changes that add something are better gathered, because another [#apply] would
    /// cost as much as one for all of them. Removals never wait for it. Asked before each change.
    default Duration rest() {
        return Duration.ZERO;
    }

    /// Looks whether anybody changed anything, cheaply, and if so repairs it.
    /// @return what differed, one line each
    List<String> verify() throws ApplyException;

    /// Reads everything back, and repairs what differs.
    /// @return as [#verify]
    List<String> audit() throws ApplyException;

    @Override
    void close();
}
