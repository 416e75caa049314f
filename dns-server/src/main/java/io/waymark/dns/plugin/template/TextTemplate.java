package io.waymark.dns.plugin.template;

import java.util.List;
import java.util.Optional;

/// A text with actions in it, such as `{{ .Name }} 60 IN A 10.0.0.{{ .Group.n }}`, ready to be executed.
/// @param text as it was written
record TextTemplate(String text, List<Part> parts) {
    /// Copies the parts.
    TextTemplate {
        parts = List.copyOf(parts);
    }

    /// A piece of a template.
    sealed interface Part {
        record Literal(String text) implements Part {}

        /// Its value is put here.
        record Print(Term term) implements Part {}

        /// `{{ if }}`: the first of its branches whose condition is not empty, zero or false.
        record If(Term condition, List<Part> yes, List<Part> no) implements Part {
            /// Copies the parts.
            public If {
                yes = List.copyOf(yes);
                no = List.copyOf(no);
            }
        }
    }

    /// The text for one question; empty if there is none, as where an item of a list is missing.
    Optional<String> execute(TemplateData data) {
        var out = new StringBuilder();
        return write(parts, data, out) ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean write(List<Part> parts, TemplateData data, StringBuilder out) {
        for (var part : parts) {
            boolean written = switch (part) {
                case Part.Literal(var text) -> {
                    out.append(text);
                    yield true;
                }
                case Part.Print(var term) -> print(term, data, out);
                case Part.If(var condition, var yes, var no) -> {
                    var value = condition.value(data);
                    yield value.isPresent() && write(Terms.isTrue(value.get()) ? yes : no, data, out);
                }
            };
            if (!written) {
                return false;
            }
        }
        return true;
    }

    private static boolean print(Term term, TemplateData data, StringBuilder out) {
        var value = term.value(data);
        value.ifPresent(found -> out.append(Terms.text(found)));
        return value.isPresent();
    }
}
