package io.waymark.cli;

import io.waymark.dns.plan.PlanRead;

/// What is wrong with a Corefile, as an operator reads it.
final class Problems {
    private Problems() {}

    /// The warnings and problems, one a line; then how many problems there are, and what follows.
    static String text(PlanRead.Failed failed, String consequence) {
        var text = new StringBuilder();
        failed.warnings().forEach(warning -> text.append(warning).append('\n'));
        failed.problems().forEach(problem -> text.append(problem).append('\n'));
        int count = failed.problems().size();
        return text.append(count == 1 ? "1 problem; " : count + " problems; ")
                .append(consequence)
                .append('\n')
                .toString();
    }
}
