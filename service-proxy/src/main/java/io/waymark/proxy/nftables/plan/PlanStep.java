package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.nftables.skeleton.Structure;
import java.util.List;

/// What one change of the rules asks for in one family's table.
public sealed interface PlanStep {
    /// Elements change.
    /// @param structures chains that are needed for the first time, before the elements
    record Change(List<Structure> structures, ElementChanges elements) implements PlanStep {
        public Change {
            structures = List.copyOf(structures);
        }

        public boolean isEmpty() {
            return structures.isEmpty() && elements.isEmpty();
        }
    }

    /// The constant part becomes another one: the table is made anew, in one transaction.
    record Rebuild() implements PlanStep {}
}
