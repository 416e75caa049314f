package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The words of one rule, taken from the left. Notes each problem.
final class RuleWords {
    private final Token rewrite;
    private final List<Token> words;
    private final Remarks remarks;
    private int at;

    private RuleWords(Token rewrite, List<Token> words, Remarks remarks) {
        this.rewrite = rewrite;
        this.words = words;
        this.remarks = remarks;
    }

    /// A rule stands on the line, or all but its first word in a block, on lines as one likes.
    static RuleWords of(Directive line, Remarks remarks) {
        var words = new ArrayList<>(line.arguments());
        if (!line.block().isEmpty() && words.size() > 1) {
            remarks.problem(
                    line.block().getFirst().name(),
                    "rewrite: a rule stands on its line or in a block, not in both; put "
                            + words.getLast().quoted() + " into the block, or take the block away");
        } else {
            line.block().forEach(inner -> flatten(inner, words));
        }
        return new RuleWords(line.name(), words, remarks);
    }

    private static void flatten(Directive line, List<Token> words) {
        words.add(line.name());
        words.addAll(line.arguments());
        line.block().forEach(inner -> flatten(inner, words));
    }

    /// How many are left.
    int left() {
        return words.size() - at;
    }

    /// The next, left where it is.
    Token peek() {
        return words.get(at);
    }

    Token last() {
        return words.getLast();
    }

    Token take() {
        return words.get(at++);
    }

    void dropLast() {
        words.removeLast();
    }

    /// Those that are left, as they were written.
    String text() {
        return String.join(
                " ", words.subList(at, words.size()).stream().map(Token::text).toList());
    }

    /// Whether as many are left; otherwise a problem.
    boolean has(int min, int max, String shape) {
        if (left() >= min && left() <= max) {
            return true;
        }
        problem(
                left() > max ? words.get(at + max) : at == 0 ? rewrite : words.get(at - 1),
                "found " + Words.count(left(), "word", "words") + " behind \""
                        + (at == 0 ? rewrite : words.get(at - 1)).text() + "\", expected " + shape);
        return false;
    }

    /// The next one as a value; empty after a problem.
    <T> Optional<T> read(String what, ValueKind<T> kind) {
        return read(what, take(), kind);
    }

    <T> Optional<T> read(String what, Token word, ValueKind<T> kind) {
        var value = kind.read().apply(word.text());
        if (value.isEmpty()) {
            var near = io.waymark.dns.corefile.NearestName.hint(word.text().toLowerCase(Locale.ROOT), kind.words());
            problem(word, what + ": found " + word.quoted() + ", expected " + kind.expected() + near);
        }
        return value;
    }

    void problem(Token at, String message) {
        remarks.problem(at, "rewrite: " + message);
    }
}
