package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pattern.GoPattern;
import java.util.Optional;

/// Which names a rule means, and what is put in the place of what it means. Names are texts here, with
/// the dot at the end and in lower case, for a part of one need not end where a label does.
sealed interface NameMatch {

    boolean matches(String name);

    /// The name with `to` in the place of what is meant; empty if it does not match.
    Optional<String> replace(String name, String to);

    /// The whole name.
    record Exact(String text) implements NameMatch {
        @Override
        public boolean matches(String name) {
            return name.equals(text);
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return matches(name) ? Optional.of(to) : Optional.empty();
        }
    }

    /// What it begins with.
    record Prefix(String text) implements NameMatch {
        @Override
        public boolean matches(String name) {
            return name.startsWith(text);
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return matches(name) ? Optional.of(to + name.substring(text.length())) : Optional.empty();
        }
    }

    /// What it ends with.
    record Suffix(String text) implements NameMatch {
        @Override
        public boolean matches(String name) {
            return name.endsWith(text);
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return matches(name)
                    ? Optional.of(name.substring(0, name.length() - text.length()) + to)
                    : Optional.empty();
        }
    }

    /// Anything in it, wherever it stands.
    record Substring(String text) implements NameMatch {
        @Override
        public boolean matches(String name) {
            return name.contains(text);
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return matches(name) ? Optional.of(name.replace(text, to)) : Optional.empty();
        }
    }

    /// The whole name, or the domain that it lies in.
    record Within(String text) implements NameMatch {
        @Override
        public boolean matches(String name) {
            int begin = name.length() - text.length();
            return name.endsWith(text) && (begin == 0 || name.charAt(begin - 1) == '.');
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return matches(name)
                    ? Optional.of(name.substring(0, name.length() - text.length()) + to)
                    : Optional.empty();
        }
    }

    /// A name that an expression finds something in; the whole name is replaced, with the groups in the
    /// place of `{0}`, `{1}` and so on.
    record Regex(GoPattern pattern) implements NameMatch {
        @Override
        public boolean matches(String name) {
            return pattern.finds(name);
        }

        @Override
        public Optional<String> replace(String name, String to) {
            return pattern.match(name).map(groups -> {
                String replaced = to;
                for (int i = 0; i < groups.size() && replaced.indexOf('{') >= 0; i++) {
                    replaced = replaced.replace("{" + i + "}", groups.get(i));
                }
                return replaced;
            });
        }
    }
}
