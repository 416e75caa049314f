package io.waymark.proxy.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.EndpointChoice.Use;
import io.waymark.proxy.rules.EndpointChoice.Wanted;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Hints;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The choice of endpoints on node `here` in zone `a`. An endpoint is written `1@here`: 10.0.0.1 on node
/// here, ready. `-` it is not ready, `~` it terminates and still serves, `!` it terminates and does not;
/// `^here` it is meant for node here, `/a` for zone a.
class EndpointChoiceTest {
    private static final NodeFacts HERE = new NodeFacts("here", "a", List.of(), List.of(), List.of());
    private static final Pattern ENDPOINT = Pattern.compile("(\\d+)@(\\w*)([-~!]?)((?:\\^\\w+)*)((?:/\\w+)*)");

    @ParameterizedTest(name = "{0} wanted {1}: {2} | {3} | {4}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # endpoints                 | wanted  | cluster | local | use      | because
            1@here 2@there              | CLUSTER | 1 2     | none  | POSSIBLE | all that are ready
            1@here 2@there-             | CLUSTER | 1       | none  | POSSIBLE | one is not ready
            1@here~ 2@there             | CLUSTER | 2       | none  | POSSIBLE | one that terminates stands in for nobody
            1@here~ 2@there~            | CLUSTER | 1 2     | none  | POSSIBLE | none is ready, and they still serve
            1@here~ 2@there-            | CLUSTER | 1       | none  | POSSIBLE | one still serves
            1@here! 2@there-            | CLUSTER | none    | none  | NONE     | nobody can serve
            none                        | CLUSTER | none    | none  | NONE     | there is none
            10@here 2@here 141@there    | CLUSTER | 10 141 2 | none | POSSIBLE | they are sorted by text
            1@here 2@there              | LOCAL   | none    | 1     | POSSIBLE | only those on this node
            1@there 2@there             | LOCAL   | none    | none  | POSSIBLE | they are elsewhere
            1@there~                    | LOCAL   | none    | none  | POSSIBLE | so is one that terminates
            1@there-                    | LOCAL   | none    | none  | NONE     | nobody can serve anywhere
            1@here~ 2@there             | LOCAL   | none    | 1     | POSSIBLE | none here is ready
            1@here~ 2@here              | LOCAL   | none    | 2     | POSSIBLE | one here is ready
            1@here- 2@there             | LOCAL   | none    | none  | POSSIBLE | the one here cannot serve
            1@ 2@there                  | LOCAL   | none    | none  | POSSIBLE | one on no node is on no node of ours
            1@here~ 2@there             | BOTH    | 2       | 1     | POSSIBLE | each list falls back by itself
            1@here 2@there              | BOTH    | 1 2     | 1     | POSSIBLE | both
            """)
    void chooses(String endpoints, Wanted wanted, String cluster, String local, Use use, String because) {
        assertChoice(HERE, endpoints, wanted, cluster, local, use, because);
    }

    @ParameterizedTest(name = "{0}: {1} | {2}")
    @CsvSource(delimiter = '|', nullValues = "none", textBlock = """
            # endpoints                 | cluster | local | because
            1@here/a 2@there/b          | 1       | 1     | each has a zone, one has ours
            1@here/b 2@there/c          | 1 2     | 1     | no zone is ours
            1@here/a 2@there            | 1 2     | 1     | one without a hint makes the others void
            1@here/b 2@there/a          | 2       | 1     | the local list heeds no hint
            1@there/a/b 2@there/b       | 1       | none  | an endpoint may be meant for several zones
            1@here/a 2@there-           | 1       | 1     | only the hints of ready ones count
            1@here/a 2@there~           | 1       | 1     | nor do those count that terminate
            1@here-/a 2@there~/b        | 2       | none  | those that stand in are chosen without hints
            1@here^here 2@there^there   | 1       | 1     | each has a node, one has ours
            1@here^there 2@there^here   | 2       | 1     | meant for a node is not on that node
            1@x^y 2@y^x                 | 1 2     | none  | no node is ours
            1@here^here 2@there         | 1 2     | 1     | one without a hint makes the others void
            1@x^y/a 2@y^x/b             | 1       | none  | no node is ours, but a zone is
            1@here^here/b 2@there^x/a   | 1       | 1     | nodes come before zones
            1@here^here/b 2@there/a     | 2       | 1     | not all have a node, but all have a zone
            """)
    void heedsHints(String endpoints, String cluster, String local, String because) {
        assertChoice(HERE, endpoints, Wanted.BOTH, cluster, local, Use.POSSIBLE, because);
    }

    @ParameterizedTest(name = "zone {0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            ''  | 1@here/a 2@there/b | 1 2 | the node is in no zone
            b   | 1@here/a 2@there/b | 2   | the node is in the other zone
            """)
    void dependsOnTheZone(String zone, String endpoints, String cluster, String because) {
        var node = new NodeFacts("elsewhere", zone, List.of(), List.of(), List.of());
        assertChoice(node, endpoints, Wanted.CLUSTER, cluster, null, Use.POSSIBLE, because);
    }

    private static void assertChoice(
            NodeFacts node, String endpoints, Wanted wanted, String cluster, String local, Use use, String because) {
        var candidates =
                words(endpoints).stream().map(EndpointChoiceTest::candidate).toList();
        var choice = EndpointChoice.of(candidates, wanted, node);
        assertThat(names(choice.cluster())).as("cluster: " + because).isEqualTo(cluster == null ? "" : cluster);
        assertThat(names(choice.local())).as("local: " + because).isEqualTo(local == null ? "" : local);
        assertThat(choice.use()).as(because).isEqualTo(use);
    }

    private static Candidate candidate(String text) {
        var match = ENDPOINT.matcher(text);
        assertThat(match.matches()).as(text).isTrue();
        var state = match.group(3);
        return new Candidate(
                new Backend(IpAddress.of("10.0.0." + match.group(1)), 80),
                state.isEmpty(),
                state.isEmpty() || state.equals("~"),
                state.equals("~") || state.equals("!"),
                match.group(2),
                new Hints(hints(match.group(5), "/"), hints(match.group(4), "\\^")),
                1);
    }

    private static List<String> hints(String text, String before) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.substring(1).split(before));
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : Arrays.asList(text.split(" "));
    }

    private static String names(List<Backend> backends) {
        return backends.stream()
                .map(backend -> Integer.toString(backend.address().octets()[3] & 0xff))
                .collect(Collectors.joining(" "));
    }
}
