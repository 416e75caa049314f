package io.waymark.dns.expression;

/// A compiled expression, such as `client_ip() in ['10.0.0.1', '10.0.0.2'] && type() == 'A'`.
/// @param text as it was written
public record Expression(String text, Node root) implements ExpressionRead {
    /// What a text may have, in characters.
    public static final int LENGTH_MAX = 10_000;

    /// Total and bounded: any text gives a value.
    public static ExpressionRead read(String text, Vocabulary vocabulary) {
        return ExpressionReader.read(text, vocabulary);
    }

    public Kind kind() {
        return root.kind();
    }

    public Value value(Facts facts) {
        return root.value(facts);
    }

    /// Whether it is true: not if it is anything else, or has no value.
    public boolean holds(Facts facts) {
        return root.value(facts).equals(Value.TRUE);
    }

    @Override
    public String toString() {
        return text;
    }
}
