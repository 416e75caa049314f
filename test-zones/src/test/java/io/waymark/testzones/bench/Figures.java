package io.waymark.testzones.bench;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures of both servers, several runs of each; the table shows medians and their spread.
final class Figures {
    private final Map<Contestant, Map<Figure, List<Double>>> values = new EnumMap<>(Contestant.class);

    void add(Contestant contestant, Figure figure, double value) {
        values.computeIfAbsent(contestant, c -> new EnumMap<>(Figure.class))
                .computeIfAbsent(figure, f -> new ArrayList<>())
                .add(value);
    }

    /// The table, in Markdown.
    String table() {
        var table = new StringBuilder("| | CoreDNS | Waymark | ratio | goal |\n|---|---|---|---|---|\n");
        for (var figure : Figure.values()) {
            var theirs = sorted(Contestant.COREDNS, figure);
            var ours = sorted(Contestant.WAYMARK, figure);
            if (theirs.isEmpty() || ours.isEmpty()) {
                continue;
            }
            double ratio = median(ours) / median(theirs);
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | %s | %s | %.2f | %s |%n",
                    figure.title(),
                    text(figure, theirs),
                    text(figure, ours),
                    ratio,
                    figure.goal().verdict(ratio)));
        }
        return table.toString();
    }

    private List<Double> sorted(Contestant contestant, Figure figure) {
        return values.getOrDefault(contestant, Map.of()).getOrDefault(figure, List.of()).stream()
                .sorted()
                .toList();
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static String text(Figure figure, List<Double> sorted) {
        var median = figure.text(median(sorted));
        return sorted.size() == 1
                ? median
                : median + " (" + figure.text(sorted.getFirst()) + " to " + figure.text(sorted.getLast()) + ")";
    }
}
