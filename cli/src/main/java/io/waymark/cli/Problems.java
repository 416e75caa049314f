package io.waymark.cli;

import io.waymark.dns.corefile.plan.PlanRead;

/// What is wrong with a Corefile, as an operator reads it.
final class Problems {
    private Problems() {}

    /// The warnings and problems, one a line, and how many problems there are.
    static String text(PlanRead.Failed failed) {
        var text = new StringBuilder();
        failed.warnings().forEach(warning -> text.append(warning).append('\n'));
        failed.problems().forEach(problem -> text.append(problem).append('\n'));
        int count = failed.problems().size();
        return text.append(count == 1 ? "1 problem" : count + " problems")
                .append('\n')
                .toString();
    }
}
