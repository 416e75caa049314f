package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Told;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/// What came of the questions so far: the rows of the table that were needed, and the answers that
/// no row explains.
final class Comparison {
    private static final int SHOWN = 10;

    private final TreeSet<String> used = new TreeSet<>();
    private final List<String> unexplained = new ArrayList<>();
    private long count;

    /// Puts the questions to both.
    /// @param waymark what Waymark says to each, in their order
    void compare(Beside beside, List<Ask> asks, Function<List<Ask>, List<Told>> waymark) {
        beside.askAll(asks);
        var answers = waymark.apply(asks);
        for (int i = 0; i < asks.size(); i++) {
            compare(beside, asks.get(i), answers.get(i));
        }
        count += asks.size();
    }

    private void compare(Beside beside, Ask ask, Told told) {
        var expected = beside.expected(ask, told);
        if (expected.agreesWith(told)) {
            used.addAll(expected.differences());
        } else {
            unexplained.add("%s, block %s %s\n  CoreDNS  %s\n  expected %s, by %s\n  Waymark  %s"
                    .formatted(
                            ask,
                            beside.block().name(),
                            beside.block().options(),
                            beside.told(ask),
                            expected.told(),
                            expected.differences(),
                            told));
        }
    }

    Set<String> used() {
        return used;
    }

    /// Fails if an answer is neither CoreDNS' nor what the table makes of it.
    /// @param report takes all of them
    void assertExplained(Path report, String seed) throws IOException {
        Files.write(report, unexplained);
        System.err.printf("differential: %,d questions, %d unexplained answers%n", count, unexplained.size());
        assertThat(unexplained.size())
                .as(() ->
                        "%s: answers that are neither CoreDNS' nor what docs/differences.md says, all in %s; the first:\n%s"
                                .formatted(
                                        seed,
                                        report,
                                        String.join(
                                                "\n\n", unexplained.subList(0, Math.min(SHOWN, unexplained.size())))))
                .isZero();
    }
}
