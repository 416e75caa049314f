package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Value;
import io.waymark.dns.expression.Value.Text;
import io.waymark.dns.expression.Value.Whole;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.IllegalFormatException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The functions of templates: CoreDNS' own, and those of Go that make sense for records.
enum TemplateFunction {
    PARSE_INT("parseInt", 3, 3),
    PRINTF("printf", 1, 32),
    PRINT("print", 0, 32),
    LEN("len", 1, 1),
    EQ("eq", 2, 32),
    NE("ne", 2, 2),
    LT("lt", 2, 2),
    LE("le", 2, 2),
    GT("gt", 2, 2),
    GE("ge", 2, 2),
    AND("and", 1, 32),
    OR("or", 1, 32),
    NOT("not", 1, 1);

    private final String word;
    private final int argumentsMin;
    private final int argumentsMax;

    TemplateFunction(String word, int argumentsMin, int argumentsMax) {
        this.word = word;
        this.argumentsMin = argumentsMin;
        this.argumentsMax = argumentsMax;
    }

    static Optional<TemplateFunction> of(String word) {
        return Arrays.stream(values())
                .filter(function -> function.word.equals(word))
                .findFirst();
    }

    String word() {
        return word;
    }

    boolean takes(int arguments) {
        return arguments >= argumentsMin && arguments <= argumentsMax;
    }

    /// Empty if it cannot be worked out of these.
    Optional<Value> of(List<Value> arguments) {
        return switch (this) {
            case PARSE_INT -> parseInt(arguments);
            case PRINTF -> printf(arguments);
            case PRINT ->
                Optional.of(new Text(
                        String.join("", arguments.stream().map(Terms::text).toList())));
            case LEN -> len(arguments.getFirst());
            case EQ ->
                Optional.of(Value.of(arguments.subList(1, arguments.size()).contains(arguments.getFirst())));
            case NE -> Optional.of(Value.of(!arguments.getFirst().equals(arguments.getLast())));
            case LT, LE, GT, GE -> ordered(arguments.getFirst(), arguments.getLast());
            case AND -> Optional.of(first(arguments, false));
            case OR -> Optional.of(first(arguments, true));
            case NOT -> Optional.of(Value.of(!Terms.isTrue(arguments.getFirst())));
        };
    }

    /// The first argument that is true, or that is not; otherwise the last.
    private static Value first(List<Value> arguments, boolean wanted) {
        return arguments.stream()
                .filter(argument -> Terms.isTrue(argument) == wanted)
                .findFirst()
                .orElse(arguments.getLast());
    }

    private Optional<Value> ordered(Value left, Value right) {
        int order;
        if (left instanceof Whole(long first) && right instanceof Whole(long second)) {
            order = Long.compare(first, second);
        } else if (left instanceof Text(var first) && right instanceof Text(var second)) {
            order = first.compareTo(second);
        } else {
            return Optional.empty();
        }
        return Optional.of(Value.of(
                switch (this) {
                    case LT -> order < 0;
                    case LE -> order <= 0;
                    case GT -> order > 0;
                    default -> order >= 0;
                }));
    }

    private static Optional<Value> len(Value value) {
        return switch (value) {
            case Text(var text) -> Optional.of(new Whole(text.length()));
            case Value.Sequence(var items) -> Optional.of(new Whole(items.size()));
            default -> Optional.empty();
        };
    }

    /// As Go's strconv.ParseUint: no sign; the base 2 to 36; at most `bits` bits, 0 for 64.
    private static Optional<Value> parseInt(List<Value> arguments) {
        if (!(arguments.get(0) instanceof Text(var digits)
                && arguments.get(1) instanceof Whole(long base)
                && arguments.get(2) instanceof Whole(long bits)
                && base >= Character.MIN_RADIX
                && base <= Character.MAX_RADIX
                && bits >= 0
                && bits <= 64
                && !digits.isEmpty()
                && digits.length() <= 64
                && digits.chars().allMatch(c -> c < 0x80 && Character.digit(c, (int) base) >= 0))) {
            return Optional.empty();
        }
        var number = new BigInteger(digits, (int) base);
        if (number.bitLength() > (bits == 0 ? 64 : bits)) {
            return Optional.empty();
        }
        // What does not fit a signed number is only ever printed.
        return Optional.of(number.bitLength() < 64 ? new Whole(number.longValue()) : new Text(number.toString()));
    }

    /// Go's verbs %d %x %X %o %c %v %s %q and their widths, as Java has them.
    private static Optional<Value> printf(List<Value> arguments) {
        if (!(arguments.getFirst() instanceof Text(var format))
                || !format.matches("([^%]|%%|%-?0?[0-9]{0,2}[dxXosvc])*")) {
            return Optional.empty();
        }
        var values = arguments.subList(1, arguments.size()).stream()
                .map(value -> value instanceof Whole(long number) ? (Object) number : Terms.text(value))
                .toArray();
        try {
            var java = format.replaceAll("(%-?)0?([0-9]{0,2})v", "$1$2s");
            return Optional.of(new Text(String.format(Locale.ROOT, java, values)));
        } catch (IllegalFormatException mismatch) {
            return Optional.empty();
        }
    }
}
