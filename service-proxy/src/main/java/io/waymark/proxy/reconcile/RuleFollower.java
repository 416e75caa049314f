package io.waymark.proxy.reconcile;

import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import java.util.Collection;

/// Something on the node that goes by the rules the kernel holds. Told by the reconciler's thread, which
/// it must not keep waiting: what takes time it does on a thread of its own.
/// Lifecycle: [#begin] once, [#change] and [#held] by turns, [#close].
public interface RuleFollower extends AutoCloseable {

    /// The kernel is about to hold this, whatever it held before.
    void begin(Collection<RuleSet> rules);

    /// The kernel is about to hold these changes too.
    /// @param changes one a family at most
    void change(Collection<RuleChanges> changes);

    /// The kernel holds all that was told.
    void held();

    /// Somebody else had changed what the kernel holds; it holds again all that was told.
    void repaired();

    @Override
    void close();
}
