package io.waymark.testzones.observed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A scrape in the text format.
/// @param types   by the families' names
/// @param labels  by the samples' names, the names of the labels of all of them, with commas
/// @param bounds  by the families' names, the values of `le`, with commas
/// @param counted by the samples' names with their labels; of counters, and the counts of histograms
public record Scrape(
        Map<String, String> types,
        Map<String, String> labels,
        Map<String, String> bounds,
        Map<String, String> counted) {
    private static final Pattern SAMPLE = Pattern.compile("([a-z0-9_]+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /// Asks `/metrics` on 127.0.0.1.
    static Scrape of(int port) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                .timeout(Duration.ofSeconds(10))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            return read(
                    client.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new AssertionError("no scrape at port " + port, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /// Reads the text of one.
    public static Scrape read(String text) {
        var scrape = new Scrape(new TreeMap<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (var line : text.split("\n")) {
            if (line.startsWith("# TYPE ")) {
                var words = line.split(" ");
                scrape.types.put(words[2], words[3]);
            } else if (!line.startsWith("#")) {
                scrape.sample(line);
            }
        }
        return scrape;
    }

    private void sample(String line) {
        var sample = SAMPLE.matcher(line);
        if (!sample.matches()) {
            throw new AssertionError("no sample of the text format: " + line);
        }
        var name = sample.group(1);
        var names = new TreeSet<String>();
        var labels = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (labels.find()) {
            names.add(labels.group(1));
            if (labels.group(1).equals("le")) {
                bounds.merge(name, labels.group(2), (one, more) -> distinct(one, more));
            }
        }
        this.labels.put(name, String.join(",", names));
        if (name.endsWith("_total") || name.endsWith("_count")) {
            counted.put(line.substring(0, line.lastIndexOf(' ')), sample.group(3));
        }
    }

    private static String distinct(String bounds, String bound) {
        return ("," + bounds + ",").contains("," + bound + ",") ? bounds : bounds + "," + bound;
    }

    /// What is counted under a name, a line each, sorted.
    String counted(String name) {
        return counted.entrySet().stream()
                .filter(sample -> sample.getKey().startsWith(name + "{"))
                .map(sample -> sample.getKey() + " " + sample.getValue())
                .collect(Collectors.joining("\n"));
    }
}
