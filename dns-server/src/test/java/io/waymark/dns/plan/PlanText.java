package io.waymark.dns.plan;

import io.waymark.dns.corefile.CorefileText;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What compiling a text gives, as text for tests.
final class PlanText {
    private PlanText() {}

    static PlanRead read(String text) {
        return ServerPlan.read("Corefile", text, name -> Optional.empty(), CorefileText.imports(Map.of()), 53);
    }

    static ServerPlan plan(String text) {
        return switch (read(text)) {
            case PlanRead.Planned(var plan) -> plan;
            case PlanRead.Failed(var problems, var warnings) -> throw new AssertionError(lines(problems));
        };
    }

    /// Problems and warnings, the problems first; empty if there is neither.
    static String remarks(String text) {
        return switch (read(text)) {
            case PlanRead.Planned(var plan) -> lines(plan.warnings());
            case PlanRead.Failed(var problems, var warnings) ->
                lines(Stream.concat(problems.stream(), warnings.stream()).toList());
        };
    }

    /// The effective settings of the only block, without those that are defaults: `plugin name value; …`
    static String written(String text) {
        return plan(text).blocks().getFirst().stages().stream()
                .map(stage -> stage.plugin()
                        + stage.settings().stream()
                                .filter(setting -> !setting.byDefault())
                                .map(setting -> " " + setting.name() + "=" + setting.value())
                                .collect(Collectors.joining(",")))
                .collect(Collectors.joining("; "));
    }

    private static String lines(List<?> items) {
        return items.stream().map(Object::toString).collect(Collectors.joining("\n"));
    }
}
