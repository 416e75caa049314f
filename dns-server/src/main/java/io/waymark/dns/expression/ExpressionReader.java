package io.waymark.dns.expression;

import io.waymark.dns.corefile.NearestName;
import io.waymark.dns.expression.Node.Literal;
import io.waymark.dns.expression.Word.Form;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.records.address.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/// Reads an expression by the precedence of its operators, as expr-lang.org has them. Stops at the first
/// mistake.
final class ExpressionReader {
    /// Operands within operands.
    private static final int DEPTH_MAX = 64;
    private static final int OR = 10;
    private static final int AND = 15;
    private static final int NOT = 50;
    private static final int SIGN = 90;

    private final List<Word> words;
    private final Vocabulary vocabulary;
    private int at;
    private int depth;

    /// Ends the reading; seen by [#read] alone.
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Mistake mistake;

        Stop(Mistake mistake) {
            super(mistake.why(), null, false, false);
            this.mistake = mistake;
        }
    }

    private ExpressionReader(List<Word> words, Vocabulary vocabulary) {
        this.words = words;
        this.vocabulary = vocabulary;
    }

    static ExpressionRead read(String text, Vocabulary vocabulary) {
        if (text.length() > Expression.LENGTH_MAX) {
            return new Mistake(0, "an expression has at most " + Expression.LENGTH_MAX + " characters");
        }
        var reader = new WordReader(text);
        var words = reader.read();
        if (reader.mistake().isPresent()) {
            return reader.mistake().get();
        }
        try {
            var expression = new ExpressionReader(words, vocabulary);
            var root = expression.choice();
            if (expression.peek().form() != Form.END) {
                throw expression.unexpected("an operator or the end");
            }
            return new Expression(text, root);
        } catch (Stop stop) {
            return stop.mistake;
        }
    }

    private Node choice() {
        deeper();
        var node = operation(0);
        if (peek().is("?")) {
            var mark = take();
            var yes = choice();
            expect(":");
            var no = choice();
            wants(Kind.TRUTH, node, mark);
            node = new Node.Choice(node, yes, no);
        }
        depth--;
        return node;
    }

    private Node operation(int least) {
        deeper();
        var left = operand();
        while (true) {
            var word = peek();
            boolean negated = word.is("not") && at + 1 < words.size();
            var symbol = negated ? words.get(at + 1) : word;
            int or = symbol.is("||") || symbol.is("or") ? OR : symbol.is("&&") || symbol.is("and") ? AND : 0;
            if (or != 0 && !negated) {
                if (or < least) {
                    break;
                }
                take();
                var right = operation(or + 1);
                wants(Kind.TRUTH, left, word);
                wants(Kind.TRUTH, right, word);
                left = new Node.Both(left, right, or == AND);
                continue;
            }
            var operator = operator(symbol);
            if (operator.isEmpty()
                    || operator.get().precedence() < least
                    || negated && !operator.get().isNegatable()) {
                break;
            }
            at += negated ? 2 : 1;
            var node = between(operator.get(), left, operation(operator.get().precedence() + 1), symbol);
            left = negated ? new Node.Not(node) : node;
        }
        depth--;
        return left;
    }

    private static Optional<Operator> operator(Word word) {
        for (var operator : Operator.values()) {
            if (word.is(operator.word())) {
                return Optional.of(operator);
            }
        }
        return Optional.empty();
    }

    private Node between(Operator operator, Node left, Node right, Word word) {
        if (!operator.takes(left.kind(), right.kind())) {
            throw stop(
                    word,
                    "\"" + operator.word() + "\" stands between " + left.kind() + " and " + right.kind()
                            + ", which it does not take");
        }
        if (operator == Operator.MATCHES && right instanceof Literal(var kind, Value.Text(var text))) {
            var pattern = GoPattern.read(text);
            if (pattern.isEmpty()) {
                throw stop(word, "found \"" + text + "\", expected " + GoPattern.KIND.expected());
            }
            return new Node.Matches(left, pattern.get());
        }
        return new Node.Comparison(operator, left, right);
    }

    private Node operand() {
        var word = take();
        if (word.is("not") || word.is("!")) {
            var node = operation(NOT);
            wants(Kind.TRUTH, node, word);
            return new Node.Not(node);
        }
        if (word.is("-") || word.is("+")) {
            var node = operation(SIGN);
            wants(Kind.NUMBER, node, word);
            var zero = new Literal(Kind.NUMBER, new Value.Whole(0));
            return new Node.Comparison(word.is("-") ? Operator.MINUS : Operator.PLUS, zero, node);
        }
        var node = switch (word.form()) {
            case NUMBER -> new Literal(Kind.NUMBER, number(word));
            case TEXT -> new Literal(Kind.TEXT, new Value.Text(word.text()));
            case NAME -> named(word);
            case SYMBOL -> grouped(word);
            case END -> throw stop(word, "the expression ends here, expected a value");
        };
        while (peek().is("[")) {
            take();
            var index = choice();
            expect("]");
            node = new Node.Item(node, index);
        }
        return node;
    }

    private Node grouped(Word word) {
        if (word.is("(")) {
            var node = choice();
            expect(")");
            return node;
        }
        if (!word.is("[")) {
            at--;
            throw unexpected("a value");
        }
        return new Node.ListOf(upTo("]"));
    }

    /// Nodes with commas between.
    private List<Node> upTo(String end) {
        var nodes = new ArrayList<Node>();
        while (!peek().is(end)) {
            if (!nodes.isEmpty()) {
                expect(",");
            }
            nodes.add(choice());
        }
        take();
        return nodes;
    }

    private Node named(Word word) {
        if (word.is("true") || word.is("false")) {
            return new Literal(Kind.TRUTH, Value.of(word.is("true")));
        }
        var variable = vocabulary.variables().get(word.text());
        if (variable != null) {
            return new Node.Variable(variable, word.text());
        }
        var function = vocabulary.functions().get(word.text());
        if (function == null) {
            var known = new TreeSet<>(vocabulary.functions().keySet());
            known.addAll(vocabulary.variables().keySet());
            throw stop(
                    word,
                    "found " + word.quoted() + ", expected one of " + String.join(", ", known)
                            + NearestName.hint(word.text(), known) + "; a text stands between '…'");
        }
        if (!peek().is("(")) {
            throw stop(word, word.quoted() + " is a function; write " + word.text() + "(…)");
        }
        take();
        var arguments = upTo(")");
        check(word, function, arguments);
        return new Node.Call(function, arguments);
    }

    private static void check(Word word, Function function, List<Node> arguments) {
        var kinds = function.parameters();
        boolean fit = kinds.size() == arguments.size();
        for (int i = 0; fit && i < kinds.size(); i++) {
            fit = kinds.get(i).fits(arguments.get(i).kind());
        }
        if (!fit) {
            throw stop(
                    word,
                    word.quoted() + " takes " + (kinds.isEmpty() ? "nothing" : kinds) + ", found "
                            + arguments.stream().map(Node::kind).toList());
        }
        if (word.is("incidr")
                && arguments.getLast() instanceof Literal(var kind, Value.Text(var prefix))
                && Cidr.parse(prefix).isEmpty()) {
            throw stop(word, "incidr: found \"" + prefix + "\", expected a prefix such as 10.0.0.0/8");
        }
    }

    private static Value number(Word word) {
        var text = word.text().replace("_", "");
        var lower = text.toLowerCase(java.util.Locale.ROOT);
        int radix = lower.startsWith("0x") ? 16 : lower.startsWith("0b") ? 2 : lower.startsWith("0o") ? 8 : 10;
        try {
            return radix == 10 && (text.contains(".") || lower.contains("e"))
                    ? new Value.Real(Double.parseDouble(text))
                    : new Value.Whole(Long.parseLong(radix == 10 ? text : text.substring(2), radix));
        } catch (NumberFormatException none) {
            throw stop(word, "found " + word.quoted() + ", expected a number such as 53, 0x35 or 1.5");
        }
    }

    private static void wants(Kind kind, Node node, Word word) {
        if (!kind.fits(node.kind())) {
            throw stop(word, word.quoted() + " takes " + kind + ", found " + node.kind());
        }
    }

    private void deeper() {
        if (++depth > DEPTH_MAX * 2) {
            throw stop(peek(), "operands within operands, more than " + DEPTH_MAX + " deep; write it in several lines");
        }
    }

    private void expect(String symbol) {
        if (!peek().is(symbol)) {
            throw unexpected("\"" + symbol + "\"");
        }
        take();
    }

    private Stop unexpected(String expected) {
        return stop(peek(), "found " + peek().quoted() + ", expected " + expected);
    }

    private static Stop stop(Word word, String why) {
        return new Stop(new Mistake(word.at(), why));
    }

    private Word peek() {
        return words.get(at);
    }

    /// The last word, the end, is never left behind.
    private Word take() {
        var word = words.get(at);
        at = Math.min(at + 1, words.size() - 1);
        return word;
    }
}
