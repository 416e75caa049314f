package io.waymark.dns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The syntax of Corefiles, compared by hand with CoreDNS 1.15.0. In the tables `~` is a line end.
class CorefileReaderTest {

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # Corefile                         | reads as                   | because
            . {~errors~}                       | .: errors                  | a block has zones and lines
            .:53~{~errors~}                    | .:53: errors               | the brace of a server block may stand below
            . { }                              | .:                         | a block may be empty
            .~errors~log                       | .: errors; log             | a single block needs no braces
            a.org                              | a.org:                     | nor lines
            a.org b.org:5353 {~}               | a.org b.org:5353:          | a block has several zones
            a.org,~b.org {~}                   | a.org b.org:               | a comma goes on below
            a {~log~}~b {~log~}                | a: log~b: log              | there are several blocks
            a { log } b { log }                | a: log~b: log              | one line is enough, other than for CoreDNS
            . {~f . { x 1 }~}                  | .: f . [x 1]               | also inside
            . {~a b {~c {~d~}~}~e~}            | .: a b [c [d]]; e          | blocks nest
            . {~log "a b" c~}                  | .: log <a b> c             | quoted text is one word
            . {~log "a\\"b\\n"~}               | .: log <a"b\\n>            | only quotes are escaped
            . {~log a"b c"~}                   | .: log a"b c"              | a quote inside a word is a character
            . {~log ""~}                       | .: log <>                  | quoted text may be empty
            . {~log "a~b" c~}                  | .: log <a~b> c             | and hold a line end
            . {~log "{" "}"~}                  | .: log <{> <}>             | a quoted brace is no brace
            ~# x~. {~log # y~log a#b~}         | .: log; log a              | a comment starts anywhere
            . {~log {remote}:{port}~}          | .: log {remote}:{port}     | braces in words are characters
            """)
    void reads(String text, String expected, String because) {
        assertThat(CorefileText.of(lines(text))).as(because).isEqualTo(lines(expected));
    }

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(delimiter = '|', quoteCharacter = '\u0001', textBlock = """
            # Corefile              | is refused with
            . {~errors              | Corefile:1:3: this "{" is not closed; add a "}" where its block ends
            . {~}~}                 | Corefile:3:1: this "}" closes nothing; remove it, or add the "{" it belongs to
            .~log~}                 | Corefile:3:1: this "}" closes nothing; remove it, or add the "{" it belongs to
            {~log~}                 | Corefile:1:1: this server block has no zone; write one before the "{", such as "." for all names
            a, {~}                  | Corefile:1:1: a comma announces another zone, but none follows; remove the comma
            .:53{~}                 | Corefile:1:1: ".:53{" ends with a brace; put a space before the "{"
            . {~log "a~}            | Corefile:2:5: a quote is opened here and not closed; add the closing "
            . {~health~{~x y~}~}    | Corefile:3:1: a "{" stands at the end of the line whose block it opens; move it up
            . {~import~}            | Corefile:2:1: import names nothing; write the snippet, file or pattern to import behind it
            . {~import a b~}        | Corefile:2:10: import takes one name, found also "b"; write one import per line (snippets have no arguments)
            . {~import a~}          | Corefile:2:8: no snippet (a) is defined above, and the file cannot be imported: there is no a
            (abc) {~}~. {~import acb~} | Corefile:4:8: no snippet (acb) is defined above, and the file cannot be imported: there is no acb; did you mean "abc"?
            . {~import a~}~(a) {~}  | Corefile:2:8: snippet (a) is defined below, at Corefile:4:1; move it above this line
            (a) {~}~(a) {~}~. {~}   | Corefile:3:1: snippet (a) is already defined at Corefile:1:1; rename one of them
            (a) b {~}               | Corefile:1:1: snippet (a) must stand alone before its "{"
            ~# only a comment       | Corefile:1:1: there is no server block; write one, such as ". { forward . /etc/resolv.conf }" on three lines
            """)
    void refuses(String text, String expected) {
        assertThat(CorefileText.of(lines(text))).isEqualTo(expected);
    }

    @Test
    void everyProblemOfATextIsReportedAtOnceInTheOrderOfThePositions() {
        assertThat(CorefileText.of("""
                        a.org, {
                          import
                          log "open
                          import missing
                        }
                        }
                        {
                        }
                        """)).isEqualTo("""
                        Corefile:1:1: a comma announces another zone, but none follows; remove the comma
                        Corefile:2:3: import names nothing; write the snippet, file or pattern to import behind it
                        Corefile:3:7: a quote is opened here and not closed; add the closing "
                        Corefile:4:10: no snippet (missing) is defined above, and the file cannot be imported: there is no missing
                        Corefile:6:1: this "}" closes nothing; remove it, or add the "{" it belongs to
                        Corefile:7:1: this server block has no zone; write one before the "{", such as "." for all names""");
    }

    @Test
    void columnsCountCharactersAndTheByteOrderMarkIsNone() {
        assertThat(CorefileText.of("\ufeff. {\n\t\"\ud83d\ude00\" import \"x\n}\n"))
                .isEqualTo("Corefile:2:13: a quote is opened here and not closed; add the closing \"");
    }

    @Test
    void aMessageIsOneLineWithABoundWhateverItQuotes() {
        var remarks = new Remarks();
        remarks.problem(new Position("Corefile", 1, 1), "found \"a\nb\u0007\"" + "x".repeat(1_000));
        assertThat(remarks.problems().getFirst().message())
                .startsWith("found \"a\\nb\\u0007\"xxx")
                .endsWith("x…")
                .hasSizeLessThan(600);
    }

    @Test
    void linesMayEndAsOnWindows() {
        assertThat(CorefileText.of(". {\r\n  log\r\n  errors\r\n}\r\n")).isEqualTo(".: log; errors");
    }

    @Test
    void environmentReferencesAreReplacedOnceAndNotSplit() {
        var environment = Map.of("ZONE", "a.org", "TWO", "x y", "LOOP", "{$LOOP}", "BRACE", "{");
        assertThat(CorefileText.of(
                        "{$ZONE}:53 {\nlog {%TWO%} a{$ZONE}b{$ZONE} {$LOOP} {$} {$BRACE} {%ZONE}\n}",
                        environment, Map.of()))
                .isEqualTo("a.org:53: log x y aa.orgba.org {$LOOP} {$} { {%ZONE}");
    }

    @Test
    void anEnvironmentVariableThatIsNotSetReadsAsEmptyWithAWarning() {
        assertThat(CorefileText.of(". {\nlog a{$NONE}b\n}")).isEqualTo("""
                Corefile:2:5: warning: environment variable NONE is not set and reads as empty; set it, or write the value here
                .: log ab""");
    }

    private static String lines(String text) {
        return text.replace('~', '\n');
    }
}
