package io.waymark.dns.plugin;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.expression.Expression;
import io.waymark.dns.expression.Mistake;
import io.waymark.dns.expression.Vocabulary;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads an expression that a line of a Corefile ends with: its words with one space between.
public final class ExpressionWords {
    private ExpressionWords() {}

    /// Empty after a problem, which stands where the mistake does.
    public static Optional<Expression> read(Directive line, List<Token> words, Vocabulary vocabulary, Remarks remarks) {
        if (words.isEmpty()) {
            remarks.problem(
                    line.name(), line.name().text() + " has no value; expected an expression, such as type() == 'A'");
            return Optional.empty();
        }
        var text = words.stream().map(Token::text).collect(Collectors.joining(" "));
        return switch (Expression.read(text, vocabulary)) {
            case Expression expression -> Optional.of(expression);
            case Mistake(int at, var why) -> {
                remarks.problem(position(words, at), line.name().text() + ": " + why);
                yield Optional.empty();
            }
        };
    }

    private static Position position(List<Token> words, int at) {
        int before = 0;
        for (var word : words) {
            int end = before + word.text().length();
            if (at <= end) {
                int quote = word.form() == Token.Form.QUOTED ? 1 : 0;
                return new Position(
                        word.at().file(), word.at().line(), word.at().column() + quote + Math.max(0, at - before));
            }
            before = end + 1;
        }
        return words.getLast().at();
    }
}
