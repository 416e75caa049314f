package io.waymark.records.cluster;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// The words of a [ClusterText] that only the data path reads.
final class TrafficText {
    private static final List<String> KEYS =
            List.of("externalip", "lb", "ranges", "itp", "etp", "affinity", "health", "created");

    private TrafficText() {}

    static boolean isWord(String word) {
        return KEYS.stream().anyMatch(key -> word.startsWith(key + "="));
    }

    static ServiceTraffic read(List<String> words) {
        return new ServiceTraffic(
                new ServiceTraffic.External(
                        list(words, "externalip", IpAddress::of),
                        list(words, "lb", IpAddress::of),
                        list(words, "ranges", Cidr::of),
                        number(words, "created")),
                policy(words, "itp"),
                policy(words, "etp"),
                number(words, "affinity"),
                number(words, "health"));
    }

    static Hints hints(Map<String, String> texts) {
        return new Hints(split(texts.getOrDefault("forzones", "")), split(texts.getOrDefault("fornodes", "")));
    }

    private static TrafficPolicy policy(List<String> words, String key) {
        return words.contains(key + "=local") ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER;
    }

    private static int number(List<String> words, String key) {
        return list(words, key, Integer::valueOf).stream().findFirst().orElse(0);
    }

    private static <T> List<T> list(List<String> words, String key, Function<String, T> read) {
        return words.stream()
                .filter(word -> word.startsWith(key + "="))
                .flatMap(word -> split(word.substring(key.length() + 1)).stream())
                .map(read)
                .toList();
    }

    private static List<String> split(String text) {
        return text.isEmpty() ? List.of() : Arrays.asList(text.split(","));
    }
}
