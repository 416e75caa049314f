package io.waymark.dns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Snippets and imported files.
class ImportTest {

    @Test
    void aSnippetStandsForItsLinesWhereverItIsImported() {
        assertThat(CorefileText.of("""
                        (common) { errors
                          log
                        }
                        a {
                          import common
                          ready
                        }
                        b {
                          health
                          import common
                        }
                        """)).isEqualTo("a: errors; log; ready\nb: health; errors; log");
    }

    @Test
    void aSnippetMayImportAnotherAndStandInsideAPlugin() {
        assertThat(CorefileText.of("""
                        (one) {
                          max_fails 3
                        }
                        (two) {
                          forward . 10.0.0.1 {
                            import one
                          }
                        }
                        . {
                          import two
                        }
                        """)).isEqualTo(".: forward . 10.0.0.1 [max_fails 3]");
    }

    @Test
    void aFileMayHoldLinesOrBlocksOrSnippets() {
        var files = Map.of("lines", "log\nerrors", "blocks", "b { ready }", "snippets", "(s) {\nhealth\n}");
        assertThat(CorefileText.of("import snippets\na {\nimport lines\nimport s\n}\nimport blocks", Map.of(), files))
                .isEqualTo("a: log; errors; health\nb: ready");
    }

    @Test
    void filesThatAPatternMatchesComeInTheOrderOfTheirNames() {
        var files = Map.of("custom/b", "log b", "custom/a", "log a", "custom/c", "log c");
        assertThat(CorefileText.of(". {\nimport custom/*\n}", Map.of(), files)).isEqualTo(".: log a; log b; log c");
    }

    @Test
    void aPatternThatMatchesNothingIsAWarning() {
        assertThat(CorefileText.of(". {\nimport custom/*\nlog\n}")).isEqualTo("""
                Corefile:2:8: warning: no file matches "custom/*"; nothing is imported here
                .: log""");
    }

    @Test
    void aProblemInAnImportedFileNamesThatFile() {
        assertThat(CorefileText.of(". {\nimport lines\n}", Map.of(), Map.of("lines", "log\n log \"x")))
                .isEqualTo("lines:2:6: a quote is opened here and not closed; add the closing \"");
    }

    @Test
    void aCircleOfImportsIsNamed() {
        assertThat(CorefileText.of(". {\nimport a\n}", Map.of(), Map.of("a", "import b", "b", "log\nimport a")))
                .isEqualTo("b:2:8: import goes in a circle: a > b > a; remove one of these imports");
        assertThat(CorefileText.of("(s) {\nimport s\n}\n. {\nimport s\n}"))
                .isEqualTo("Corefile:2:8: import goes in a circle: (s) > (s); remove one of these imports");
    }

    @Test
    void importsNestUpToABound() {
        assertThat(CorefileText.of("import f1", Map.of(), chain(ImportExpander.DEPTH_MAX)))
                .isEqualTo(".: log");
        assertThat(CorefileText.of("import f1", Map.of(), chain(ImportExpander.DEPTH_MAX + 1)))
                .startsWith("f32:1:1: imports are nested more than 32 deep here: Corefile > f1 > f2");
    }

    private static Map<String, String> chain(int length) {
        return IntStream.rangeClosed(1, length)
                .boxed()
                .collect(Collectors.toMap(i -> "f" + i, i -> i == length ? ". { log }" : "import f" + (i + 1)));
    }

    /// Each of 30 snippets imports the one before it twice, which would make 2^30 lines.
    @Test
    void importsThatMultiplyEndAtABound() {
        var text = new StringBuilder("(s0) {\nlog\n}\n");
        for (int i = 1; i < 30; i++) {
            text.append("(s" + i + ") {\nimport s" + (i - 1) + "\nimport s" + (i - 1) + "\n}\n");
        }
        assertThat(CorefileText.of(text + ". {\nimport s29\n}")).contains("more than 10000 imports");
    }
}
