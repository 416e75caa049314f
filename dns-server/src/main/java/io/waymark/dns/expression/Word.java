package io.waymark.dns.expression;

/// A piece of the text of an expression.
/// @param text of a TEXT what stands between the quotes
/// @param at   in characters from the start of the text
record Word(Form form, String text, int at) {
    enum Form {
        NAME,
        NUMBER,
        TEXT,
        SYMBOL,
        END
    }

    boolean is(String word) {
        return (form == Form.NAME || form == Form.SYMBOL) && text.equals(word);
    }

    /// As it should be quoted in a message.
    String quoted() {
        return form == Form.END ? "the end" : "\"" + text + "\"";
    }
}
