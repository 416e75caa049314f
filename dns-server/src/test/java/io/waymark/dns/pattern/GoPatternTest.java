package io.waymark.dns.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.waymark.records.gen.Gen;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What Go's regexp says of the same.
class GoPatternTest {

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(delimiter = '~', textBlock = """
            # expression             ~ text           ~ groups
            ^web-(\\d+)[.]a[.]$      ~ web-12.a.      ~ web-12.a. 12
            (?P<n>[a-z]+)-(x)?       ~ ab-            ~ ab- ab _
            (?i)WEB                  ~ my.web.        ~ web
            \\Aa\\z                  ~ a              ~ a
            (?:a|ab)(c|bcd)          ~ abcd           ~ abcd bcd
            [[:digit:]]+             ~ a7             ~ 7
            \\pL+                    ~ 1é             ~ é
            ^b                       ~ ab             ~ none
            """)
    void matches(String expression, String text, String expected) {
        var groups =
                GoPattern.read(expression.replace("\\\\", "\\")).orElseThrow().match(text);
        assertThat(groups.map(found -> String.join(
                                " ",
                                found.stream()
                                        .map(group -> group.isEmpty() ? "_" : group)
                                        .toList()))
                        .orElse("none"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"a(b", "a**", "(?=a)", "(a)\\1", "[z-a]", "a{1001}"})
    void whatGoRefusesIsRefused(String expression) {
        assertThat(GoPattern.read(expression)).isEmpty();
    }

    @Test
    void aLongNameTakesNoLongerWithAnExpressionThatWouldBacktrack() {
        var pattern = GoPattern.read("^(a+)+(a+)+$").orElseThrow();
        assertTimeoutPreemptively(
                Duration.ofSeconds(30),
                () -> assertThat(pattern.finds("a".repeat(250) + ".")).isFalse());
    }

    @Test
    void anyTextIsAnExpressionOrNone() {
        var gen = Gen.seeded(4711);
        String pieces = "()[]{}?*+|^$.\\aAdPpz<>=!:-,019é";
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = gen.below(16); n > 0; n--) {
                text.append(pieces.charAt(gen.below(pieces.length())));
            }
            assertThatCode(() -> GoPattern.read(text.toString()).ifPresent(pattern -> pattern.match("a-1.é")))
                    .as(text.toString())
                    .doesNotThrowAnyException();
        }
    }
}
