package io.waymark.dns.plugin.template;

import io.waymark.dns.plugin.template.TextTemplate.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads the text of a template: literals, values, `if`, `else`, `end`, comments, and `-` beside the
/// braces, which takes the white space away. `range`, `with`, `define` and variables are refused.
final class TextTemplateReader {
    /// Conditions within conditions.
    private static final int DEPTH_MAX = 16;
    private static final int LENGTH_MAX = 10_000;

    private final String text;
    private int at;
    private boolean trims;
    /// The word that ended the last list of parts: `else`, `end`, or nothing at the end of the text.
    private String ended = "";
    private String elseRest = "";
    private int elseAt;
    private Optional<TextTemplateRead.Refused> refused = Optional.empty();

    private TextTemplateReader(String text) {
        this.text = text;
    }

    /// Total and bounded: any text gives a value.
    static TextTemplateRead read(String text) {
        if (text.length() > LENGTH_MAX) {
            return new TextTemplateRead.Refused(0, "a template has at most " + LENGTH_MAX + " characters");
        }
        var reader = new TextTemplateReader(text);
        var parts = reader.parts(0);
        if (reader.refused.isEmpty() && !reader.ended.isEmpty()) {
            reader.refuse(reader.at, "found {{ " + reader.ended + " }} without its {{ if }}");
        }
        return reader.refused
                .<TextTemplateRead>map(refusal -> refusal)
                .orElseGet(() -> new TextTemplateRead.Read(new TextTemplate(text, parts)));
    }

    private List<Part> parts(int depth) {
        var parts = new ArrayList<Part>();
        ended = "";
        if (depth > DEPTH_MAX) {
            refuse(at, "conditions within conditions, more than " + DEPTH_MAX + " deep");
        }
        while (refused.isEmpty() && at < text.length()) {
            int open = text.indexOf("{{", at);
            var literal = text.substring(at, open < 0 ? text.length() : open);
            boolean trimsBefore = open >= 0 && text.startsWith("{{- ", open);
            literal = trims ? literal.stripLeading() : literal;
            literal = trimsBefore ? literal.stripTrailing() : literal;
            trims = false;
            if (!literal.isEmpty()) {
                parts.add(new Part.Literal(literal));
            }
            if (open < 0) {
                at = text.length();
                return parts;
            }
            int close = close(open + 2);
            if (close < 0) {
                refuse(open, "an action is opened here and not closed; add }}");
                return parts;
            }
            int begin = open + (trimsBefore ? 3 : 2);
            boolean trimsBehind = close > begin && text.startsWith(" -", close - 2) && close - 2 >= begin;
            trims = trimsBehind;
            var action = text.substring(begin, trimsBehind ? close - 2 : close);
            at = close + 2;
            if (action(action, begin, parts, depth)) {
                return parts;
            }
        }
        return parts;
    }

    /// Where the braces close that open before `from`, texts passed over; -1 if nowhere.
    private int close(int from) {
        char quote = 0;
        for (int i = from; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                i += c == '\\' && quote == '"' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '`') {
                quote = c;
            } else if (text.startsWith("}}", i)) {
                return i;
            }
        }
        return -1;
    }

    /// Whether it ends the parts.
    private boolean action(String action, int begin, List<Part> parts, int depth) {
        var stripped = action.strip();
        int from = begin + Math.max(0, action.indexOf(stripped));
        if (stripped.startsWith("/*") && stripped.endsWith("*/")) {
            return false;
        }
        if (stripped.equals("end") || stripped.equals("else") || stripped.startsWith("else if ")) {
            ended = stripped.equals("end") ? "end" : "else";
            elseRest = stripped.startsWith("else if ") ? stripped.substring(8) : "";
            elseAt = from + 8;
            return true;
        }
        if (stripped.startsWith("if ")) {
            parts.add(condition(stripped.substring(3), from + 3, depth));
            return false;
        }
        term(stripped, from).ifPresent(term -> parts.add(new Part.Print(term)));
        return false;
    }

    private Part condition(String text, int from, int depth) {
        var condition = term(text, from).orElse(Term.Field.NAME);
        var yes = parts(depth + 1);
        List<Part> no = List.of();
        if (refused.isEmpty() && ended.equals("else")) {
            if (elseRest.isEmpty()) {
                no = parts(depth + 1);
            } else {
                no = List.of(condition(elseRest, elseAt, depth + 1));
                return new Part.If(condition, yes, no);
            }
        }
        if (refused.isEmpty() && !ended.equals("end")) {
            refuse(from, "an if is not ended; add {{ end }}");
        }
        ended = "";
        return new Part.If(condition, yes, no);
    }

    private Optional<Term> term(String action, int from) {
        return switch (TermReader.read(action)) {
            case TermReader.Result.Read(var term) -> Optional.of(term);
            case TermReader.Result.Refused(int at, var why) -> {
                refuse(from + at, why);
                yield Optional.empty();
            }
        };
    }

    private void refuse(int where, String why) {
        if (refused.isEmpty()) {
            refused = Optional.of(new TextTemplateRead.Refused(where, why));
        }
    }
}
