package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads what stands between the braces of a template: a value, or a function with its arguments, and
/// `|` to hand a value to a function as its last argument.
final class TermReader {
    private static final int DEPTH_MAX = 16;
    private static final String SUPPORTED = "supported are "
            + Arrays.stream(Term.Field.values())
                    .map(field -> "." + field.path())
                    .collect(Collectors.joining(", "))
            + ", .Group.NAME, .Var.NAME, .Meta \"LABEL\", index, "
            + Arrays.stream(TemplateFunction.values())
                    .map(TemplateFunction::word)
                    .collect(Collectors.joining(", "))
            + ", |, and if with else and end";

    private final String text;
    private int at;
    private int depth;
    private Optional<Result.Refused> refused = Optional.empty();

    /// What comes of it.
    sealed interface Result {
        record Read(Term term) implements Result {}

        /// @param at in characters from the start of the text
        record Refused(int at, String why) implements Result {}
    }

    private TermReader(String text) {
        this.text = text;
    }

    static Result read(String text) {
        var reader = new TermReader(text);
        var term = reader.pipeline();
        reader.skipSpace();
        if (reader.refused.isEmpty() && reader.at < text.length()) {
            reader.unexpected(reader.at, reader.rest());
        }
        return reader.refused
                .<Result>map(refusal -> refusal)
                .or(() -> term.map(Result.Read::new))
                .orElseGet(() -> new Result.Refused(0, "an action is empty; " + SUPPORTED));
    }

    private Optional<Term> pipeline() {
        if (++depth > DEPTH_MAX) {
            refuse(at, "parentheses within parentheses, more than " + DEPTH_MAX + " deep");
            return Optional.empty();
        }
        var term = command(Optional.empty());
        skipSpace();
        while (refused.isEmpty() && peek() == '|') {
            at++;
            term = command(term);
            skipSpace();
        }
        depth--;
        return term;
    }

    /// @param piped the value in front of a `|`
    private Optional<Term> command(Optional<Term> piped) {
        skipSpace();
        int begin = at;
        char first = peek();
        if (first == '.' || Character.isDigit(first) || first == '-' || first == '"' || first == '`' || first == '(') {
            var operand = operand();
            if (piped.isPresent()) {
                refuse(begin, "behind | stands a function; " + SUPPORTED);
            }
            return operand;
        }
        var word = word();
        var arguments = new ArrayList<Term>();
        skipSpace();
        if (word.equals("index")) {
            return index(begin, piped);
        }
        var function = TemplateFunction.of(word);
        if (function.isEmpty()) {
            if (word.equals("true") || word.equals("false")) {
                return Optional.of(new Term.Literal(Value.of(word.equals("true"))));
            }
            unexpected(begin, word.isEmpty() ? rest() : word);
            return Optional.empty();
        }
        while (refused.isEmpty() && startsOperand()) {
            operand().ifPresent(arguments::add);
            skipSpace();
        }
        piped.ifPresent(arguments::add);
        if (refused.isEmpty() && !function.get().takes(arguments.size())) {
            refuse(
                    begin,
                    word + " does not take " + arguments.size() + " arguments; parseInt takes TEXT BASE BITS,"
                            + " printf a format, comparisons two values");
        }
        return Optional.of(new Term.Call(function.get(), arguments));
    }

    private Optional<Term> index(int begin, Optional<Term> piped) {
        skipSpace();
        var list = path();
        skipSpace();
        var key = startsOperand() ? operand() : piped;
        if (refused.isEmpty() && (key.isEmpty() || !list.equals(".Match") && !list.equals(".Group"))) {
            refuse(begin, "found index of \"" + list + "\", expected index .Match NUMBER or index .Group \"NAME\"");
        }
        return key.map(item -> new Term.Index(list.equals(".Group"), item));
    }

    private boolean startsOperand() {
        char c = peek();
        return c == '.' || c == '"' || c == '`' || c == '(' || c == '-' || Character.isDigit(c);
    }

    private Optional<Term> operand() {
        char c = peek();
        if (c == '(') {
            at++;
            var inner = pipeline();
            skipSpace();
            if (refused.isEmpty() && peek() != ')') {
                refuse(at, "a parenthesis is not closed; add )");
            }
            at++;
            return inner;
        }
        if (c == '"' || c == '`') {
            return Optional.of(new Term.Literal(new Value.Text(quoted(c))));
        }
        if (c == '.') {
            int begin = at;
            return field(begin, path());
        }
        int begin = at;
        at++;
        while (Character.isLetterOrDigit(peek())) {
            at++;
        }
        try {
            return Optional.of(new Term.Literal(new Value.Whole(Long.decode(text.substring(begin, at)))));
        } catch (NumberFormatException none) {
            refuse(begin, "found \"" + text.substring(begin, at) + "\", expected a whole number");
            return Optional.empty();
        }
    }

    private Optional<Term> field(int begin, String path) {
        if (path.equals(".Meta")) {
            skipSpace();
            if (!startsOperand()) {
                refuse(begin, ".Meta takes a label, such as .Meta \"kubernetes/client-namespace\"");
                return Optional.empty();
            }
            return operand().map(Term.Metadata::new);
        }
        for (var known : Term.Field.values()) {
            if (path.equals("." + known.path())) {
                return Optional.of(known);
            }
        }
        if (path.startsWith(".Group.") && path.length() > 7) {
            return Optional.of(new Term.Group(path.substring(7)));
        }
        if (path.startsWith(".Var.") && path.length() > 5) {
            return Optional.of(new Term.Variable(path.substring(5)));
        }
        unexpected(begin, path);
        return Optional.empty();
    }

    private String path() {
        int begin = at;
        while (peek() == '.' || peek() == '_' || Character.isLetterOrDigit(peek())) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String word() {
        int begin = at;
        while (peek() == '_' || peek() == '$' || Character.isLetterOrDigit(peek())) {
            at++;
        }
        return text.substring(begin, at);
    }

    private String quoted(char quote) {
        int begin = at++;
        var content = new StringBuilder();
        while (at < text.length() && peek() != quote) {
            char c = text.charAt(at++);
            content.append(c == '\\' && quote == '"' && at < text.length() ? text.charAt(at++) : c);
        }
        if (at >= text.length()) {
            refuse(begin, "a text is opened here and not closed; add " + quote);
        }
        at++;
        return content.toString();
    }

    private String rest() {
        return List.of(text.substring(Math.min(at, text.length())).strip().split(" ", 2))
                .getFirst();
    }

    private void unexpected(int where, String found) {
        refuse(where, "found \"" + found + "\", which templates of this version do not have; " + SUPPORTED);
    }

    private void refuse(int where, String why) {
        if (refused.isEmpty()) {
            refused = Optional.of(new Result.Refused(where, why));
        }
    }

    private void skipSpace() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
