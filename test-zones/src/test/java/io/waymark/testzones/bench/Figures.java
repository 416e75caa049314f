package io.waymark.testzones.bench;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Figures of a peer and of Waymark, several runs of each; the table shows medians and their spread.
public final class Figures {
    private final String peer;
    private final Map<Row, List<Double>> theirs = new HashMap<>();
    private final Map<Row, List<Double>> ours = new HashMap<>();

    /// @param peer its name, as the table has it
    public Figures(String peer) {
        this.peer = peer;
    }

    public void ofPeer(Row row, double value) {
        theirs.computeIfAbsent(row, none -> new ArrayList<>()).add(value);
    }

    public void ofWaymark(Row row, double value) {
        ours.computeIfAbsent(row, none -> new ArrayList<>()).add(value);
    }

    /// The table, in Markdown. A row that only one of them has is without a ratio.
    public String table(List<? extends Row> rows) {
        var table = new StringBuilder("| | " + peer + " | Waymark | ratio | goal |\n|---|---|---|---|---|\n");
        for (var row : rows) {
            var peers = sorted(theirs, row);
            var own = sorted(ours, row);
            if (peers.isEmpty() && own.isEmpty()) {
                continue;
            }
            boolean both = !peers.isEmpty() && !own.isEmpty();
            double ratio = both ? median(own) / median(peers) : Double.NaN;
            table.append("| %s | %s | %s | %s | %s |%n"
                    .formatted(
                            row.title(),
                            text(row, peers),
                            text(row, own),
                            both ? String.format(Locale.ROOT, ratio < 0.1 ? "%.3f" : "%.2f", ratio) : "",
                            own.isEmpty() ? "" : row.goal().verdict(ratio, median(own))));
        }
        return table.toString();
    }

    private static List<Double> sorted(Map<Row, List<Double>> values, Row row) {
        return values.getOrDefault(row, List.of()).stream().sorted().toList();
    }

    private static double median(List<Double> sorted) {
        return sorted.get(sorted.size() / 2);
    }

    private static String text(Row row, List<Double> sorted) {
        if (sorted.isEmpty()) {
            return "";
        }
        var median = row.text(median(sorted));
        return sorted.size() == 1
                ? median
                : median + " (" + row.text(sorted.getFirst()) + " to " + row.text(sorted.getLast()) + ")";
    }
}
