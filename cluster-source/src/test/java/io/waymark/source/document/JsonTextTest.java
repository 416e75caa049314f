package io.waymark.source.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/// RFC 8259, and where in the text each value stands.
class JsonTextTest {

    @Test
    void valuesAreReadWithTheirPlaces() {
        assertThat(read("{\n\t\"a\": [1, -2.5e3, true, null],\n\t\"b\": {}\n}"))
                .isEqualTo("{a=[int 1 @2:8, float -2.5e3 @2:11, bool true @2:19, null null @2:25], b={}}");
    }

    @Test
    void stringsAreUnescaped() {
        assertThat(read("[\"a\\/b\\\\\\\"\\n\\u00e9\\ud83d\\ude00\", \"\u00e9\"]"))
                .isEqualTo("[str a/b\\\"\n\u00e9\uD83D\uDE00 @1:2, str \u00e9 @1:34]");
    }

    @Test
    void oneValueMayFollowAnother() {
        assertThat(read("{}{}\n[]")).isEqualTo("{} {} []");
        assertThat(read(" \n")).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            # text            | problem
            {"a": 1           | x.json:1:8: not JSON: found the end of the file; expected }
            {"a": 1,}         | x.json:1:9: not JSON: found '}'; expected a key in double quotes
            {a: 1}            | x.json:1:2: not JSON: found 'a'; expected a key in double quotes
            {"a" 1}           | x.json:1:6: not JSON: found '1'; expected :
            [1 2]             | x.json:1:4: not JSON: found '2'; expected ]
            [01]              | x.json:1:2: not JSON: found 01; expected a value
            [nul]             | x.json:1:2: not JSON: found nul; expected a value
            [1.]              | x.json:1:2: not JSON: found 1.; expected a value
            []]               | x.json:1:3: not JSON: found ']'; expected a value
            ["\\x"]           | x.json:1:4: not JSON: found the escape \\x, which JSON does not have
            ["\\u12g4"]       | x.json:1:5: not JSON: expected four hexadecimal digits after \\u
            ["abc             | x.json:1:6: not JSON: found the end of the file; expected "
            """)
    void whatIsNoJsonIsToldWithItsPlace(String text, String problem) {
        assertThat(read(text)).isEqualTo(problem);
    }

    @Test
    void aControlCharacterInsideAStringIsTold() {
        assertThat(read("[\"a\nb\"]")).isEqualTo("x.json:1:4: not JSON: found U+000A inside a string");
        assertThat(read("[\"a\0b\"]")).isEqualTo("x.json:1:4: not JSON: found U+0000 inside a string");
        assertThat(read("\0")).isEqualTo("x.json:1:1: not JSON: found U+0000; expected a value");
    }

    @Test
    void nestingIsBounded() {
        assertThat(read("[".repeat(100_000))).contains("nested deeper than 200");
    }

    private static String read(String text) {
        var documents = new ArrayList<String>();
        var fault = DocumentText.read(
                "x.json", text.getBytes(StandardCharsets.UTF_8), node -> documents.add(described(node)));
        return fault.map(DocumentProblem::toString).orElseGet(() -> String.join(" ", documents));
    }

    private static String described(Node node) {
        if (node instanceof MappingNode mapping) {
            var entries = new ArrayList<String>();
            mapping.getValue()
                    .forEach(tuple -> entries.add(
                            ((ScalarNode) tuple.getKeyNode()).getValue() + "=" + described(tuple.getValueNode())));
            return "{" + String.join(", ", entries) + "}";
        }
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue().stream()
                    .map(JsonTextTest::described)
                    .toList()
                    .toString();
        }
        var scalar = (ScalarNode) node;
        var mark = node.getStartMark();
        String type = node.getTag().getValue().replaceFirst(".*:", "");
        return type + " " + scalar.getValue() + " @" + (mark.getLine() + 1) + ":" + (mark.getColumn() + 1);
    }
}
