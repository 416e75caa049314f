package io.waymark.testzones.manifests;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A row of docs/metrics.md, which another test holds against the code.
/// @param kind as in the page: `counter`, `histogram`
record ExportedMetric(String name, String kind, Set<String> labels) {
    private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z0-9_]+)` \\| ([a-z]+) \\|([^|]*)\\|");
    private static final Pattern LABEL = Pattern.compile("`([a-z_]+)`");

    static Map<String, ExportedMetric> all() throws IOException {
        return ROW.matcher(Files.readString(Peers.root().resolve("docs/metrics.md")))
                .results()
                .map(row -> new ExportedMetric(row.group(1), row.group(2), labels(row.group(3))))
                .collect(Collectors.toMap(ExportedMetric::name, Function.identity()));
    }

    private static Set<String> labels(String cell) {
        var labels = new TreeSet<String>();
        LABEL.matcher(cell).results().forEach(match -> labels.add(match.group(1)));
        return labels;
    }

    /// The metric that a series belongs to, if one of them has such series.
    static Optional<ExportedMetric> of(String series, Map<String, ExportedMetric> all) {
        return all.values().stream()
                .filter(metric -> metric.series().contains(series))
                .findFirst();
    }

    private List<String> series() {
        return switch (kind) {
            case "histogram" -> List.of(name + "_bucket", name + "_count", name + "_sum");
            case "summary" -> List.of(name + "_count", name + "_sum");
            default -> List.of(name);
        };
    }
}
