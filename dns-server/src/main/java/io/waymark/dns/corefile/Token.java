package io.waymark.dns.corefile;

/// One word, quoted text or brace of a Corefile.
/// @param text       without quotes and escapes, environment references replaced
/// @param form       what it is to the grammar
/// @param at         where its first character stands; for quoted text, the quote
/// @param startsLine whether it is the first of its line
public record Token(String text, Form form, Position at, boolean startsLine) {

    /// What a token is to the grammar. Quoted text is never a brace, a snippet or an `import`.
    public enum Form {
        WORD,
        QUOTED,
        OPEN_BRACE,
        CLOSE_BRACE
    }

    /// The text as it should be quoted in a message: `"fowrard"`.
    public String quoted() {
        return '"' + text + '"';
    }

    Token startingLine(boolean starts) {
        return new Token(text, form, at, starts);
    }

    boolean isWord(String word) {
        return form == Form.WORD && text.equals(word);
    }
}
