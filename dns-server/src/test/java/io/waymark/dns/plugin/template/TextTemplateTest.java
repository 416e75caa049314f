package io.waymark.dns.plugin.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.waymark.dns.expression.Value;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.gen.Gen;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Templates about `web-7f.a.org. A` of 10.0.0.9, matched by `^(?P<n>[a-z]+)-([0-9a-f]+)`.
class TextTemplateTest {
    private static final TemplateData DATA = new TemplateData(
            "a.org.",
            "web-7f.a.org.",
            "IN",
            "A",
            List.of("web-7f", "web", "7f"),
            Map.of("0", "web-7f", "1", "web", "2", "7f", "n", "web"),
            Map.of("x", new Value.Whole(3)),
            HandExchange.of("web-7f.a.org", RecordType.A, "10.0.0.9"));

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            # template                                                   ~ text
            a {{ .Name }} b                                              ~ a web-7f.a.org. b
            {{.Zone}} {{.Class}} {{.Type}} {{.Remote}}                   ~ a.org. IN A 10.0.0.9
            {{ .Question.Name }} {{ .Question.Qtype }} {{ .Message.Id }} ~ web-7f.a.org. 1 7
            {{ .Group.n }} {{ .Group.2 }} {{ .Group.zz }}                ~ web 7f <no value>
            {{ index .Match 1 }} {{ index .Group "n" }} {{ .Match }}     ~ web web [web-7f web 7f]
            {{ index .Match 3 }}                                         ~ failure
            {{ parseInt (index .Match 2) 16 8 }}                         ~ 127
            {{ parseInt .Group.n 10 8 }}                                 ~ failure
            {{ parseInt "256" 10 8 }}                                    ~ failure
            {{ .Group.2 | printf "%s!" }} {{ printf "%03d-%x" 7 255 }}   ~ 7f! 007-ff
            {{ if .Group.n }}yes{{ else }}no{{ end }}                    ~ yes
            {{ if eq .Type "AAAA" }}6{{ else if eq .Type "A" }}4{{ else }}?{{ end }} ~ 4
            {{ if and (ne .Type "A") .Name }}x{{ end }}-                 ~ -
            {{ if not (lt 1 2) }}x{{ else }}y{{ end }}                   ~ y
            a  {{- " b" -}}  c                                           ~ a bc
            {{/* nothing */}}a                                           ~ a
            {{ .Var.x }} {{ .Var.y }} {{ .Meta "kubernetes/x" }}.        ~ 3 <no value> .
            {{ len .Name }} {{ print .Type "x" }} {{ `a}}"b` }}          ~ 13 Ax a}}"b
            """)
    void gives(String text, String expected) {
        assertThat(TextTemplateReader.read(text)).isInstanceOf(TextTemplateRead.Read.class);
        var template = ((TextTemplateRead.Read) TextTemplateReader.read(text)).template();
        assertThat(template.execute(DATA).orElse("failure")).isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '~', quoteCharacter = '\u0001', textBlock = """
            # template                      ~ is refused with
            a {{ .Name                      ~ 2: an action is opened here and not closed; add }}
            {{ range .Match }}{{ end }}     ~ 3: found "range", which templates of this version do not have; supported are .Zone
            {{ $x := 1 }}                   ~ 3: found "$x", which templates of this version do not have; supported are .Zone
            {{ .Nmae }}                     ~ 3: found ".Nmae", which templates of this version do not have; supported are .Zone
            {{ .Group }}                    ~ 3: found ".Group", which templates of this version do not have; supported are .Zone
            {{ if .Name }}x                 ~ 6: an if is not ended; add {{ end }}
            x{{ end }}                      ~ 10: found {{ end }} without its {{ if }}
            {{ }}                           ~ 2: found "", which templates of this version do not have; supported are .Zone
            {{ index .Name 1 }}             ~ 3: found index of ".Name", expected index .Match NUMBER or index .Group "NAME"
            {{ parseInt .Name }}            ~ 3: parseInt does not take 1 arguments; parseInt takes TEXT BASE BITS, printf a format, comparisons two values
            {{ .Name | .Zone }}             ~ 11: behind | stands a function; supported are .Zone
            {{ (.Name }}                    ~ 9: a parenthesis is not closed; add )
            """)
    void isRefusedWith(String text, String expected) {
        assertThat(
                        TextTemplateReader.read(text) instanceof TextTemplateRead.Refused(int at, var why)
                                ? at + ": " + why
                                : "none")
                .startsWith(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, 4711})
    void anyTextIsATemplateOrRefused(long seed) {
        var gen = Gen.seeded(seed);
        String[] pieces = {
            "{{",
            "}}",
            " ",
            "-",
            ".Name",
            ".Match",
            "index",
            "if",
            "else",
            "end",
            "(",
            ")",
            "|",
            "printf",
            "\"%d\"",
            "1",
            "parseInt",
            "eq",
            "/*",
            "*/",
            "\\",
            "`",
            "\"",
            ".Group.n",
            ".Meta",
            "x",
            "é",
            "\n",
            "99999999999999999999"
        };
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder();
            for (int n = gen.below(16); n > 0; n--) {
                text.append(pieces[gen.below(pieces.length)]).append(gen.oneIn(3) ? "" : " ");
            }
            assertThatCode(() -> execute(text.toString()))
                    .as("seed %d: %s", seed, text)
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{ (", "(", "{{ if .Name }}", "{{ if .Name }}a{{ else if .Name }}", "{{ not ("})
    void depthHasABound(String piece) {
        assertThatCode(() -> execute(piece.repeat(9_000 / piece.length()))).doesNotThrowAnyException();
        assertThatCode(() -> execute("{{ " + piece.repeat(3_000 / piece.length()) + " }}"))
                .doesNotThrowAnyException();
    }

    private static void execute(String text) {
        if (TextTemplateReader.read(text) instanceof TextTemplateRead.Read(var template)) {
            template.execute(DATA);
        }
    }
}
