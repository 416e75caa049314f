package io.waymark.dns.plugin.rewrite;

import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What one line does to a query, and to the reply to what became of it.
sealed interface RewriteRule permits EdnsRule, RewriteRule.Simple {

    /// Whether the rule means this query; then it has done its part.
    boolean apply(Rewriting query);

    /// Those that need nothing but the question.
    sealed interface Simple extends RewriteRule {}

    /// `name exact`: one name for another, and back again in the reply.
    record ExactName(DomainName from, DomainName to, List<ReplyChange> answers) implements Simple {
        /// Copies the list.
        public ExactName {
            answers = List.copyOf(answers);
        }

        @Override
        public boolean apply(Rewriting query) {
            if (!query.question().name().equals(from)) {
                return false;
            }
            query.ask(to);
            query.change(back(to, from));
            query.change(answers);
            return true;
        }
    }

    /// `name` with part of a name, or an expression.
    /// @param auto whether the reply gets the names back that were asked for
    record PartOfName(NameMatch match, String to, boolean auto, List<ReplyChange> answers) implements Simple {
        /// Copies the list.
        public PartOfName {
            answers = List.copyOf(answers);
        }

        @Override
        public boolean apply(Rewriting query) {
            return rename(query, match.replace(query.name(), to), auto, answers);
        }
    }

    /// `name regex … metadata`: the new name takes up metadata; a query about which a label says nothing
    /// is not meant.
    record NameOfMetadata(NameMatch.Regex match, List<Part> parts, boolean auto, List<ReplyChange> answers)
            implements Simple {
        /// Copies the lists.
        public NameOfMetadata {
            parts = List.copyOf(parts);
            answers = List.copyOf(answers);
        }

        @Override
        public boolean apply(Rewriting query) {
            return match.pattern()
                    .match(query.name())
                    .map(groups -> rename(query, name(query, groups), auto, answers))
                    .orElse(false);
        }

        private Optional<String> name(Rewriting query, List<String> groups) {
            var name = new StringBuilder();
            for (var part : parts) {
                var text = switch (part) {
                    case Part.Literal(var literal) -> Optional.of(literal);
                    case Part.Group(int number) -> Optional.of(groups.get(number));
                    case Part.Label(var label) ->
                        query.exchange()
                                .notes()
                                .metadata(label)
                                .filter(value -> !value.isEmpty())
                                .map(value -> value.toLowerCase(Locale.ROOT));
                };
                if (text.isEmpty()) {
                    return Optional.empty();
                }
                name.append(text.get());
            }
            return Optional.of(name.toString());
        }
    }

    /// A piece of a name that is put together.
    sealed interface Part {
        record Literal(String text) implements Part {}

        /// @param number 0 for the whole match
        record Group(int number) implements Part {}

        record Label(String label) implements Part {}
    }

    /// `ttl` and `rcode`: nothing but the reply changes.
    record ReplyOnly(NameMatch match, ReplyChange change) implements Simple {
        @Override
        public boolean apply(Rewriting query) {
            if (!match.matches(query.name())) {
                return false;
            }
            query.change(List.of(change));
            return true;
        }
    }

    /// `cname`: the reply to any query.
    record CnameTarget(ReplyChange.Alias change) implements Simple {
        @Override
        public boolean apply(Rewriting query) {
            query.change(List.of(change));
            return true;
        }
    }

    /// `type`.
    record Type(RecordType from, RecordType to) implements Simple {
        @Override
        public boolean apply(Rewriting query) {
            var question = query.question();
            if (!question.type().equals(from)) {
                return false;
            }
            query.ask(query.exchange().query().with(new Question(question.name(), to, question.recordClass())));
            return true;
        }
    }

    /// `class`; 16 bits each.
    record ClassOf(int from, int to) implements Simple {
        @Override
        public boolean apply(Rewriting query) {
            var question = query.question();
            if (question.recordClass() != from) {
                return false;
            }
            query.ask(query.exchange().query().with(new Question(question.name(), question.type(), to)));
            return true;
        }
    }

    /// What gives names in a reply back their domain, owners and targets alike.
    static List<ReplyChange> back(NameMatch match, String to) {
        var change = new NameChange(match, to);
        return List.of(new ReplyChange.Owners(change), new ReplyChange.Targets(change));
    }

    private static List<ReplyChange> back(DomainName asked, DomainName original) {
        return back(new NameMatch.Within(asked.toString()), original.toString());
    }

    private static boolean rename(Rewriting query, Optional<String> name, boolean auto, List<ReplyChange> answers) {
        if (name.isEmpty()) {
            return false;
        }
        var original = query.question().name();
        query.ask(name.get());
        var all = new ArrayList<ReplyChange>();
        if (auto) {
            all.addAll(back(query.question().name(), original));
        }
        all.addAll(answers);
        query.change(all);
        return true;
    }
}
