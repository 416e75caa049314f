package io.waymark.testzones.manifests;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A field of a Kubernetes object by its path: `spec.template.spec.containers[name=coredns].image`.
/// `[key=value]` takes the element of a list whose `key` is that; `[0]` takes it by its place. A dot
/// within a key is written `\.`.
final class FieldPath {
    private static final Pattern STEP = Pattern.compile("((?:[^.\\[\\\\]|\\\\.)+)|\\[([^=\\]]+)=([^\\]]+)]|\\[(\\d+)]");

    private FieldPath() {}

    /// What is there, as text: lists in brackets, `-` if there is nothing.
    static String read(Map<String, Object> object, String path) {
        Object at = object;
        var steps = STEP.matcher(path);
        while (steps.find() && at != null) {
            at = step(at, steps.group(1), steps.group(2), steps.group(3), steps.group(4));
        }
        return text(at);
    }

    private static Object step(Object at, String key, String with, String value, String place) {
        if (key != null) {
            return at instanceof Map<?, ?> map ? map.get(key.replace("\\.", ".")) : null;
        }
        if (!(at instanceof List<?> list)) {
            return null;
        }
        if (place != null) {
            int index = Integer.parseInt(place);
            return index < list.size() ? list.get(index) : null;
        }
        return list.stream()
                .filter(element ->
                        element instanceof Map<?, ?> map && Objects.equals(String.valueOf(map.get(with)), value))
                .findFirst()
                .orElse(null);
    }

    private static String text(Object at) {
        return switch (at) {
            case null -> "-";
            case List<?> list -> list.stream().map(FieldPath::text).collect(Collectors.joining(" ", "[", "]"));
            default -> at.toString();
        };
    }
}
