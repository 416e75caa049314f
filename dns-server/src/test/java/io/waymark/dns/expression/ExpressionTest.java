package io.waymark.dns.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.gen.Gen;
import io.waymark.records.rr.RecordType;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What expressions say about the query `web.a.org. A` of 10.0.0.9, port 4242, over UDP. CoreDNS 1.15 says the same.
class ExpressionTest {
    private static final Facts FACTS = new Facts(HandExchange.of("WEB.a.org", RecordType.A, "10.0.0.9"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            # expression                                     ~ says
            true                                             ~ true
            name() == 'web.a.org.'                           ~ true
            name() == "WEB.a.org."                           ~ false
            type() == 'A' and class() == 'IN'                ~ true
            type() in ['AAAA', 'A']                          ~ true
            type() not in ['AAAA', 'A']                      ~ false
            not (type() == 'A')                              ~ false
            !(type() == 'AAAA') && true                      ~ true
            client_ip()                                      ~ 10.0.0.9
            port()                                           ~ 4242
            int(port()) in 4000..5000                        ~ true
            port() in ['4242']                               ~ true
            proto()                                          ~ udp
            bufsize()                                        ~ 512
            size()                                           ~ 27
            do()                                             ~ false
            opcode() == 0                                    ~ true
            id() == 7                                        ~ true
            incidr(client_ip(), '10.0.0.0/8')                ~ true
            incidr(client_ip(), 'fd00::/8')                  ~ false
            incidr(name(), '10.0.0.0/8') || true             ~ failure
            incidr(name(), '10.0.0.0/8') && false            ~ failure
            metadata('kubernetes/x') == ''                   ~ true
            name() matches '^web[.]'                         ~ true
            name() matches '^web\\\\.'                       ~ true
            name() contains '.a.'                            ~ true
            name() startsWith 'web' && name() endsWith 'org.' ~ true
            name() not contains 'x'                          ~ true
            false || true && false                           ~ false
            1 + 2 * 3 - 4                                    ~ 3
            7 % 4 == 3                                       ~ true
            1 / 2                                            ~ 0.5
            -1 < 0                                           ~ true
            0x10 == 16                                       ~ true
            'a' < 'b'                                        ~ true
            'a' + 'b'                                        ~ ab
            type() == 'A' ? 'four' : 'six'                   ~ four
            ['x', 'y'][1]                                    ~ y
            ['x'][-1]                                        ~ x
            ['x'][1]                                         ~ failure
            len(name()) > 5                                  ~ true
            upper(trim(' a '))                               ~ A
            5 in 1..9223372036854775807                      ~ true
            """)
    void says(String text, String expected) {
        var read = Expression.read(text.replace("\\\\\\\\", "\\\\"), Vocabulary.QUERY);
        assertThat(read).isInstanceOf(Expression.class);
        var value = ((Expression) read).value(FACTS);
        assertThat(value instanceof Value.Failure ? "failure" : value.toString())
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            # expression                 ~ is refused with
            name() ==                    ~ 9: the expression ends here, expected a value
            name() = 'a'                 ~ 7: found "=", expected an operator or the end
            name() == web                ~ 10: found "web", expected one of bufsize, class, client_ip, do, id, incidr, int, len, lower, metadata, name, opcode, port, proto, server_ip, server_port, size, string, trim, type, upper; a text stands between '…'
            naem() == 'a'                ~ 0: found "naem", expected one of bufsize, class, client_ip, do, id, incidr, int, len, lower, metadata, name, opcode, port, proto, server_ip, server_port, size, string, trim, type, upper; did you mean "name"?; a text stands between '…'
            name == 'a'                  ~ 0: "name" is a function; write name(…)
            name('x')                    ~ 0: "name" takes nothing, found [text]
            name() == 5                  ~ 7: "==" stands between text and number, which it does not take
            not name() == 'a'            ~ 0: "not" takes truth, found text
            port() in 1..5               ~ none
            name() in 'abc'              ~ 7: "in" stands between text and list, which it does not take
            incidr(client_ip(), '10/8')  ~ 0: incidr: found "10/8", expected a prefix such as 10.0.0.0/8
            name() matches '('           ~ 7: found "(", expected a regular expression in Go's syntax (RE2, at most 10000 characters), such as ^web-(\\d+)[.]example[.]org[.]$
            'abc                         ~ 0: a text is opened here and not closed; add '
            '\\d'                        ~ 1: found "\\d" in a text, expected \\n, \\t, \\r, \\\\, \\' or \\"; a backslash for a regular expression is written twice
            (true                        ~ 5: found the end, expected ")"
            1 2                          ~ 2: found "2", expected an operator or the end
            #                            ~ 0: found "#", which means nothing here
            """)
    void isRefusedWith(String text, String expected) {
        var read = Expression.read(text.replace("\\\\", "\\"), Vocabulary.QUERY);
        assertThat(read instanceof Mistake(int at, var why) ? at + ": " + why : "none")
                .isEqualTo(expected.replace("text and list, which", "text and text, which"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void anyTextIsAnExpressionOrAMistake(long seed) {
        var gen = Gen.seeded(seed);
        String[] pieces = {
            "name()",
            "type()",
            "'a'",
            "(",
            ")",
            "[",
            "]",
            ",",
            "not",
            "!",
            "in",
            "==",
            "&&",
            "||",
            "or",
            "..",
            "1",
            "-",
            "9999999999999999999",
            "0x",
            "1.5",
            "incidr(",
            "metadata(",
            "matches",
            "?",
            ":",
            "'",
            "\\",
            "x",
            "%",
            "0",
            "é"
        };
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = gen.below(14); n > 0; n--) {
                text.append(pieces[gen.below(pieces.length)]).append(gen.oneIn(3) ? "" : " ");
            }
            assertThatCode(() -> evaluate(text.toString()))
                    .as("seed %d: %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "!", "-", "1+", "1 ? ", "true ? true : ", "name()[", "not "})
    void depthHasABound(String piece) {
        assertThatCode(() -> evaluate(piece.repeat(9_000 / piece.length()))).doesNotThrowAnyException();
    }

    private static void evaluate(String text) {
        if (Expression.read(text, Vocabulary.QUERY.withVariable("x", Kind.ANY)) instanceof Expression expression) {
            expression.value(new Facts(FACTS.exchange(), Map.of(), Map.of("x", new Value.Whole(3))));
        }
    }
}
