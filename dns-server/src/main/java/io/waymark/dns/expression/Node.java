package io.waymark.dns.expression;

import io.waymark.dns.expression.Value.Failure;
import io.waymark.dns.expression.Value.Interval;
import io.waymark.dns.expression.Value.Sequence;
import io.waymark.dns.expression.Value.Text;
import io.waymark.dns.expression.Value.Truth;
import io.waymark.dns.expression.Value.Whole;
import io.waymark.dns.pattern.GoPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One operation of an expression.
public sealed interface Node {
    Kind kind();

    Value value(Facts facts);

    /// A number, a text, true or false.
    record Literal(Kind kind, Value value) implements Node {
        @Override
        public Value value(Facts facts) {
            return value;
        }
    }

    record Variable(Kind kind, String name) implements Node {
        @Override
        public Value value(Facts facts) {
            return Optional.ofNullable(facts.variables().get(name))
                    .orElseGet(() -> new Failure(name + " has no value"));
        }
    }

    record Call(Function function, List<Node> arguments) implements Node {
        @Override
        public Kind kind() {
            return function.result();
        }

        @Override
        public Value value(Facts facts) {
            var values = new ArrayList<Value>(arguments.size());
            for (int i = 0; i < arguments.size(); i++) {
                var value = arguments.get(i).value(facts);
                if (value instanceof Failure) {
                    return value;
                }
                if (!function.parameters().get(i).fits(kindOf(value))) {
                    return new Failure("an argument is a " + kindOf(value));
                }
                values.add(value);
            }
            return function.body().of(facts, values);
        }
    }

    record Not(Node node) implements Node {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }

        @Override
        public Value value(Facts facts) {
            return node.value(facts) instanceof Truth(boolean holds)
                    ? Value.of(!holds)
                    : new Failure("what is not true or false cannot be negated");
        }
    }

    /// @param all whether both sides must hold, or one of them
    record Both(Node left, Node right, boolean all) implements Node {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }

        @Override
        public Value value(Facts facts) {
            var first = left.value(facts);
            return first instanceof Truth(boolean holds) && holds == all ? right.value(facts) : first;
        }
    }

    record Comparison(Operator operator, Node left, Node right) implements Node {
        @Override
        public Kind kind() {
            return operator.result();
        }

        @Override
        public Value value(Facts facts) {
            var first = left.value(facts);
            var second = right.value(facts);
            if (first instanceof Failure) {
                return first;
            }
            return second instanceof Failure ? second : operator.of(first, second);
        }
    }

    /// `matches` with an expression that is written out.
    record Matches(Node node, GoPattern pattern) implements Node {
        @Override
        public Kind kind() {
            return Kind.TRUTH;
        }

        @Override
        public Value value(Facts facts) {
            return node.value(facts) instanceof Text(var text)
                    ? Value.of(pattern.finds(text))
                    : new Failure("what is no text matches nothing");
        }
    }

    record ListOf(List<Node> items) implements Node {
        @Override
        public Kind kind() {
            return Kind.LIST;
        }

        @Override
        public Value value(Facts facts) {
            var values = new ArrayList<Value>(items.size());
            for (var item : items) {
                var value = item.value(facts);
                if (value instanceof Failure) {
                    return value;
                }
                values.add(value);
            }
            return new Sequence(values);
        }
    }

    /// `condition ? yes : no`
    record Choice(Node condition, Node yes, Node no) implements Node {
        @Override
        public Kind kind() {
            return yes.kind() == no.kind() ? yes.kind() : Kind.ANY;
        }

        @Override
        public Value value(Facts facts) {
            return condition.value(facts) instanceof Truth(boolean holds)
                    ? (holds ? yes : no).value(facts)
                    : new Failure("a condition is neither true nor false");
        }
    }

    /// `list[0]`
    record Item(Node list, Node index) implements Node {
        @Override
        public Kind kind() {
            return Kind.ANY;
        }

        @Override
        public Value value(Facts facts) {
            return list.value(facts) instanceof Sequence(var items)
                            && index.value(facts) instanceof Whole(long at)
                            && at >= -items.size()
                            && at < items.size()
                    ? items.get((int) (at < 0 ? at + items.size() : at))
                    : new Failure("there is no such item");
        }
    }

    static Kind kindOf(Value value) {
        return switch (value) {
            case Text text -> Kind.TEXT;
            case Whole number -> Kind.NUMBER;
            case Value.Real number -> Kind.NUMBER;
            case Truth truth -> Kind.TRUTH;
            case Sequence list -> Kind.LIST;
            case Interval list -> Kind.LIST;
            case Failure failure -> Kind.ANY;
        };
    }
}
