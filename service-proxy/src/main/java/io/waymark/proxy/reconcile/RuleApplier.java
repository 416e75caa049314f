package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
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

    /// Looks whether anybody changed anything, cheaply, and if so repairs it.
    /// @return what differed, one line each
    List<String> verify() throws ApplyException;

    /// Reads everything back, and repairs what differs.
    /// @return as [#verify]
    List<String> audit() throws ApplyException;

    @Override
    void close();
}
