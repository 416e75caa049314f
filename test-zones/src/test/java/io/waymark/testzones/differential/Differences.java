package io.waymark.testzones.differential;

import static java.util.stream.Collectors.joining;

import io.waymark.testzones.ask.Ask;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// All rows of `docs/differences.md` that an answer can show, in the order in which they apply:
/// first what changes the outcome, then what changes each message.
final class Differences {
    private static final List<Difference> ANSWERS = Stream.of(
                    NameDifferences.ALL, ReverseDifferences.ALL, AliasDifferences.ALL, MessageDifferences.ANSWERS)
            .flatMap(List::stream)
            .toList();

    private Differences() {}

    /// The rows that may apply to a question.
    static List<Difference> of(Ask ask) {
        return ask.form().opcode() == 0 && ask.form().ednsVersion() == 0 ? ANSWERS : MessageDifferences.REFUSALS;
    }

    /// The ids of all rows.
    static Set<String> ids() {
        var ids = new HashSet<String>();
        var twice = new ArrayList<String>();
        all().forEach(difference -> twice.addAll(ids.add(difference.id()) ? List.of() : List.of(difference.id())));
        if (!twice.isEmpty()) {
            throw new IllegalStateException("these rows stand there twice: " + twice);
        }
        return ids;
    }

    /// The table as it stands in the documentation, each line with its end.
    static String table() {
        return """
                | id | what | CoreDNS | Waymark | why |
                |---|---|---|---|---|
                """ + all().map(Difference::line).collect(joining());
    }

    private static Stream<Difference> all() {
        return Stream.concat(ANSWERS.stream(), MessageDifferences.REFUSALS.stream());
    }
}
