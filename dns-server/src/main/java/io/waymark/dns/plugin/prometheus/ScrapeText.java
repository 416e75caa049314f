package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.metrics.MetricFamily;
import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Reading;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/// Writes families as a scraper reads them, sorted by their names, the metrics of each by their labels.
/// A family without metrics is left out.
final class ScrapeText {
    private static final String TOTAL = "_total";
    private static final Comparator<String> LABEL_ORDER = Comparator.naturalOrder();

    private final StringBuilder text = new StringBuilder(1 << 14);
    private final ScrapeFormat format;

    private ScrapeText(ScrapeFormat format) {
        this.format = format;
    }

    static String of(Collection<MetricFamily> families, ScrapeFormat format) {
        var scrape = new ScrapeText(format);
        families.stream()
                .sorted(Comparator.comparing(MetricFamily::name))
                .forEach(family -> scrape.family(family, family.readings()));
        if (format == ScrapeFormat.OPEN_METRICS) {
            scrape.text.append("# EOF\n");
        }
        return scrape.text.toString();
    }

    private void family(MetricFamily family, List<Reading> readings) {
        if (readings.isEmpty()) {
            return;
        }
        head(family);
        var lines = new ArrayList<Labelled>();
        for (var reading : readings) {
            lines.add(new Labelled(labels(family.labels(), reading.labels()), reading));
        }
        lines.sort(Comparator.comparing(Labelled::labels, LABEL_ORDER));
        for (var line : lines) {
            switch (line.reading) {
                case Reading.Value(var labels, double value) -> sample(family.name(), "", line.labels, value);
                case Reading.Distribution distribution -> distribution(family, line.labels, distribution);
            }
        }
    }

    /// @param labels sorted by name, written, without braces
    private record Labelled(String labels, Reading reading) {}

    // OpenMetrics names a counter without the _total of its samples.
    private void head(MetricFamily family) {
        var name = format == ScrapeFormat.OPEN_METRICS
                        && family.kind() == MetricKind.COUNTER
                        && family.name().endsWith(TOTAL)
                ? family.name().substring(0, family.name().length() - TOTAL.length())
                : family.name();
        text.append("# HELP ").append(name).append(' ');
        escape(family.help(), format == ScrapeFormat.OPEN_METRICS);
        text.append("\n# TYPE ").append(name).append(' ').append(family.kind()).append('\n');
    }

    private void distribution(MetricFamily family, String labels, Reading.Distribution distribution) {
        long count = 0;
        for (int i = 0; i < distribution.counts().length; i++) {
            count += distribution.counts()[i];
            if (family.kind() == MetricKind.HISTOGRAM) {
                var bounds = distribution.bounds();
                var bound = "le=\"" + bound(i < bounds.length ? bounds[i] : Double.POSITIVE_INFINITY) + "\"";
                sample(family.name(), "_bucket", labels.isEmpty() ? bound : labels + "," + bound, (double) count);
            }
        }
        sample(family.name(), "_sum", labels, distribution.sum());
        sample(family.name(), "_count", labels, (double) count);
    }

    private String bound(double bound) {
        return format == ScrapeFormat.OPEN_METRICS ? NumberText.canonical(bound) : NumberText.of(bound);
    }

    private void sample(String name, String suffix, String labels, double value) {
        text.append(name).append(suffix);
        if (!labels.isEmpty()) {
            text.append('{').append(labels).append('}');
        }
        text.append(' ').append(NumberText.of(value)).append('\n');
    }

    private static String labels(List<String> names, List<String> values) {
        var sorted = new ArrayList<Integer>();
        for (int i = 0; i < names.size(); i++) {
            sorted.add(i);
        }
        sorted.sort(Comparator.comparing(names::get, LABEL_ORDER));
        var labels = new ScrapeText(ScrapeFormat.TEXT);
        for (int i : sorted) {
            labels.text
                    .append(labels.text.isEmpty() ? "" : ",")
                    .append(names.get(i))
                    .append("=\"");
            labels.escape(values.get(i), true);
            labels.text.append('"');
        }
        return labels.text.toString();
    }

    private void escape(String words, boolean quotes) {
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\n' -> text.append("\\n");
                case '"' -> text.append(quotes ? "\\\"" : "\"");
                default -> text.append(c);
            }
        }
    }
}
