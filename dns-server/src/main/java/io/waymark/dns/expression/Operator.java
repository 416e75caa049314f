package io.waymark.dns.expression;

import io.waymark.dns.expression.Value.Failure;
import io.waymark.dns.expression.Value.Interval;
import io.waymark.dns.expression.Value.Real;
import io.waymark.dns.expression.Value.Sequence;
import io.waymark.dns.expression.Value.Text;
import io.waymark.dns.expression.Value.Whole;
import io.waymark.dns.pattern.GoPattern;

/// What stands between two operands, but for `and` and `or`, which do not always look at the second.
enum Operator {
    EQUAL("==", 20, Kind.TRUTH),
    UNEQUAL("!=", 20, Kind.TRUTH),
    LESS("<", 20, Kind.TRUTH),
    GREATER(">", 20, Kind.TRUTH),
    LESS_OR_EQUAL("<=", 20, Kind.TRUTH),
    GREATER_OR_EQUAL(">=", 20, Kind.TRUTH),
    IN("in", 20, Kind.TRUTH),
    MATCHES("matches", 20, Kind.TRUTH),
    CONTAINS("contains", 20, Kind.TRUTH),
    STARTS_WITH("startsWith", 20, Kind.TRUTH),
    ENDS_WITH("endsWith", 20, Kind.TRUTH),
    RANGE("..", 25, Kind.LIST),
    PLUS("+", 30, Kind.ANY),
    MINUS("-", 30, Kind.NUMBER),
    TIMES("*", 60, Kind.NUMBER),
    DIVIDED("/", 60, Kind.NUMBER),
    REMAINDER("%", 60, Kind.NUMBER);

    private final String word;
    private final int precedence;
    private final Kind result;

    Operator(String word, int precedence, Kind result) {
        this.word = word;
        this.precedence = precedence;
        this.result = result;
    }

    String word() {
        return word;
    }

    /// The higher, the closer it binds.
    int precedence() {
        return precedence;
    }

    Kind result() {
        return result;
    }

    /// Whether `not` may stand before it: `not in`.
    boolean isNegatable() {
        return switch (this) {
            case IN, MATCHES, CONTAINS, STARTS_WITH, ENDS_WITH -> true;
            case EQUAL, UNEQUAL, LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> false;
            case RANGE, PLUS, MINUS, TIMES, DIVIDED, REMAINDER -> false;
        };
    }

    /// Whether it may stand between values of these kinds.
    boolean takes(Kind left, Kind right) {
        return switch (this) {
            case EQUAL, UNEQUAL -> left.fits(right);
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL, PLUS ->
                left.fits(right) && isOrdered(left) && isOrdered(right);
            case IN -> right.fits(Kind.LIST);
            case MATCHES, CONTAINS, STARTS_WITH, ENDS_WITH -> left.fits(Kind.TEXT) && right.fits(Kind.TEXT);
            case RANGE, MINUS, TIMES, DIVIDED, REMAINDER -> left.fits(Kind.NUMBER) && right.fits(Kind.NUMBER);
        };
    }

    private static boolean isOrdered(Kind kind) {
        return kind != Kind.TRUTH && kind != Kind.LIST;
    }

    /// Neither is a failure.
    Value of(Value left, Value right) {
        return switch (this) {
            case EQUAL -> Value.of(isEqual(left, right));
            case UNEQUAL -> Value.of(!isEqual(left, right));
            case LESS, GREATER, LESS_OR_EQUAL, GREATER_OR_EQUAL -> ordered(left, right);
            case IN -> isIn(left, right);
            case MATCHES, CONTAINS, STARTS_WITH, ENDS_WITH ->
                left instanceof Text(var text) && right instanceof Text(var part) ? ofTexts(text, part) : failure();
            case RANGE ->
                left instanceof Whole(long from) && right instanceof Whole(long to)
                        ? new Interval(from, to)
                        : failure();
            case PLUS ->
                left instanceof Text(var first) && right instanceof Text(var second)
                        ? new Text(first + second)
                        : ofNumbers(left, right);
            case MINUS, TIMES, DIVIDED, REMAINDER -> ofNumbers(left, right);
        };
    }

    private Value ofTexts(String text, String part) {
        return switch (this) {
            case CONTAINS -> Value.of(text.contains(part));
            case STARTS_WITH -> Value.of(text.startsWith(part));
            case ENDS_WITH -> Value.of(text.endsWith(part));
            default ->
                GoPattern.read(part)
                        .map(pattern -> Value.of(pattern.finds(text)))
                        .orElseGet(() -> new Failure(part + " is no regular expression"));
        };
    }

    private Value ordered(Value left, Value right) {
        int order;
        if (left instanceof Text(var first) && right instanceof Text(var second)) {
            order = first.compareTo(second);
        } else if (isNumber(left) && isNumber(right)) {
            order = Double.compare(real(left), real(right));
        } else {
            return failure();
        }
        return Value.of(
                switch (this) {
                    case LESS -> order < 0;
                    case GREATER -> order > 0;
                    case LESS_OR_EQUAL -> order <= 0;
                    default -> order >= 0;
                });
    }

    private Value ofNumbers(Value left, Value right) {
        if (!isNumber(left) || !isNumber(right)) {
            return failure();
        }
        if (left instanceof Whole(long first) && right instanceof Whole(long second) && this != DIVIDED) {
            return switch (this) {
                case PLUS -> new Whole(first + second);
                case MINUS -> new Whole(first - second);
                case TIMES -> new Whole(first * second);
                default -> second == 0 ? new Failure("a division by 0") : new Whole(first % second);
            };
        }
        return switch (this) {
            case PLUS -> new Real(real(left) + real(right));
            case MINUS -> new Real(real(left) - real(right));
            case TIMES -> new Real(real(left) * real(right));
            case DIVIDED -> new Real(real(left) / real(right));
            default -> failure();
        };
    }

    private static boolean isEqual(Value left, Value right) {
        return isNumber(left) && isNumber(right) ? real(left) == real(right) : left.equals(right);
    }

    private Value isIn(Value item, Value list) {
        return switch (list) {
            case Sequence(var items) -> Value.of(items.stream().anyMatch(other -> isEqual(item, other)));
            case Interval(long from, long to) ->
                Value.of(item instanceof Whole(long number) && number >= from && number <= to);
            default -> failure();
        };
    }

    private Failure failure() {
        return new Failure("\"" + word + "\" stands between values that it does not take");
    }

    private static boolean isNumber(Value value) {
        return value instanceof Whole || value instanceof Real;
    }

    private static double real(Value value) {
        return switch (value) {
            case Whole(long number) -> number;
            case Real(double number) -> number;
            default -> Double.NaN;
        };
    }
}
