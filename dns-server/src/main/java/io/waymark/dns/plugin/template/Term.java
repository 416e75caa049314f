package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Value;
import io.waymark.dns.expression.Value.Sequence;
import io.waymark.dns.expression.Value.Text;
import io.waymark.dns.expression.Value.Whole;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A value in a template.
sealed interface Term {

    /// Empty if it cannot be had.
    Optional<Value> value(TemplateData data);

    record Literal(Value literal) implements Term {
        @Override
        public Optional<Value> value(TemplateData data) {
            return Optional.of(literal);
        }
    }

    /// What a dot and a name stand for.
    enum Field implements Term {
        ZONE("Zone"),
        NAME("Name"),
        CLASS("Class"),
        TYPE("Type"),
        MATCH("Match"),
        REMOTE("Remote"),
        QUESTION_NAME("Question.Name"),
        QUESTION_TYPE("Question.Qtype"),
        QUESTION_CLASS("Question.Qclass"),
        MESSAGE_ID("Message.Id");

        private final String path;

        Field(String path) {
            this.path = path;
        }

        /// Without the first dot.
        String path() {
            return path;
        }

        @Override
        public Optional<Value> value(TemplateData data) {
            var question = data.exchange().question();
            return Optional.of(
                    switch (this) {
                        case ZONE -> new Text(data.zone());
                        case NAME, QUESTION_NAME -> new Text(data.name());
                        case CLASS -> new Text(data.recordClass());
                        case TYPE -> new Text(data.type());
                        case MATCH ->
                            new Sequence(
                                    data.match().stream().<Value>map(Text::new).toList());
                        case REMOTE ->
                            new Text(Terms.address(data.exchange().client().address()));
                        case QUESTION_TYPE -> new Whole(question.type().code());
                        case QUESTION_CLASS -> new Whole(question.recordClass());
                        case MESSAGE_ID -> new Whole(data.exchange().query().id());
                    });
        }
    }

    /// `.Group.x`: the group of a name or number; as Go has it, one that does not exist is `<no value>`.
    record Group(String name) implements Term {
        @Override
        public Optional<Value> value(TemplateData data) {
            return Optional.of(new Text(data.groups().getOrDefault(name, "<no value>")));
        }
    }

    /// `.Var.x`
    record Variable(String name) implements Term {
        @Override
        public Optional<Value> value(TemplateData data) {
            return Optional.of(data.variables().getOrDefault(name, new Text("<no value>")));
        }
    }

    /// `.Meta "x"`
    record Metadata(Term label) implements Term {
        @Override
        public Optional<Value> value(TemplateData data) {
            return label.value(data)
                    .map(text -> new Text(
                            data.exchange().notes().metadata(Terms.text(text)).orElse("")));
        }
    }

    /// `index .Match 1`, `index .Group "x"`; the list is one of the two.
    record Index(boolean groups, Term key) implements Term {
        @Override
        public Optional<Value> value(TemplateData data) {
            return key.value(data)
                    .flatMap(at -> groups
                            ? Optional.of(new Text(data.groups().getOrDefault(Terms.text(at), "")))
                            : item(data.match(), at));
        }

        private static Optional<Value> item(List<String> match, Value at) {
            return at instanceof Whole(long number) && number >= 0 && number < match.size()
                    ? Optional.of(new Text(match.get((int) number)))
                    : Optional.empty();
        }
    }

    /// A function and its arguments.
    record Call(TemplateFunction function, List<Term> arguments) implements Term {
        /// Copies the list.
        public Call {
            arguments = List.copyOf(arguments);
        }

        @Override
        public Optional<Value> value(TemplateData data) {
            var values = new ArrayList<Value>(arguments.size());
            for (var argument : arguments) {
                var value = argument.value(data);
                if (value.isEmpty()) {
                    return value;
                }
                values.add(value.get());
            }
            return function.of(values);
        }
    }
}
