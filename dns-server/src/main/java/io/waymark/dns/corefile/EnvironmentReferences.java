package io.waymark.dns.corefile;

import java.util.Optional;
import java.util.function.Function;

/// Replaces `{$NAME}` and `{%NAME%}` by the values of environment variables. A value is taken as it
/// is: it is not split into words, and what looks like a reference in it stays.
final class EnvironmentReferences {
    private final Function<String, Optional<String>> environment;
    private final Remarks remarks;

    EnvironmentReferences(Function<String, Optional<String>> environment, Remarks remarks) {
        this.environment = environment;
        this.remarks = remarks;
    }

    /// A variable that is not set reads as empty, as it does for CoreDNS, with a warning. One pass.
    String replace(String text, Position at) {
        if (!text.contains("{$") && !text.contains("{%")) {
            return text;
        }
        var replaced = new StringBuilder(text.length());
        int copied = 0;
        int open = text.indexOf('{');
        int lastUnix = text.lastIndexOf('}');
        int lastWindows = text.lastIndexOf("%}");
        while (open >= 0) {
            boolean unix = text.startsWith("{$", open) && open + 2 < lastUnix;
            boolean windows = text.startsWith("{%", open) && open + 2 < lastWindows;
            int end = unix ? text.indexOf('}', open) : windows ? text.indexOf("%}", open + 2) : -1;
            if (end > open + 2) {
                replaced.append(text, copied, open).append(value(text.substring(open + 2, end), at));
                copied = end + (unix ? 1 : 2);
            }
            open = text.indexOf('{', Math.max(open + 1, copied));
        }
        return replaced.append(text, copied, text.length()).toString();
    }

    private String value(String name, Position at) {
        Optional<String> value = environment.apply(name);
        if (value.isEmpty()) {
            remarks.warning(
                    at,
                    "environment variable " + name + " is not set and reads as empty;"
                            + " set it, or write the value here");
        }
        return value.orElse("");
    }
}
