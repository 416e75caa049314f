package io.waymark.dns.plan;

import io.waymark.dns.corefile.Problem;
import io.waymark.dns.corefile.Warning;
import java.util.List;

/// What compiling a Corefile gives.
public sealed interface PlanRead {
    /// It can be served.
    record Planned(ServerPlan plan) implements PlanRead {}

    /// It cannot.
    /// @param problems at least one, in the order of their positions
    /// @param warnings in the order of their positions
    record Failed(List<Problem> problems, List<Warning> warnings) implements PlanRead {
        /// Copies the lists.
        public Failed {
            problems = List.copyOf(problems);
            warnings = List.copyOf(warnings);
            if (problems.isEmpty()) {
                throw new IllegalArgumentException("failed without a problem");
            }
        }
    }
}
