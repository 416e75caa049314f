package io.waymark.cli.kubedns;

import io.waymark.source.kubernetes.ConfigMapWatch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// Where the ConfigMap `kube-dns` is read, each time anew. Blocks. Closed when nobody reads it any more.
public sealed interface ConfigValues extends AutoCloseable {
    /// A key whose value is larger is refused; a whole ConfigMap has 1 MiB at most.
    int VALUE_OCTETS_MAX = 1 << 20;
    /// Files in a folder beyond these are refused: it is no ConfigMap.
    int KEYS_MAX = 1000;

    /// There is none.
    record None() implements ConfigValues {}

    /// A file for each key, as the kubelet mounts a ConfigMap (`--config-dir`).
    record Folder(Path folder) implements ConfigValues {}

    /// The object itself (`--config-map`).
    record InApi(ConfigMapWatch watch) implements ConfigValues {}

    /// By key, as of now; a folder that is not there is an empty ConfigMap. Throws an [IOException] that
    /// says what cannot be read.
    default Map<String, String> read() throws IOException {
        return switch (this) {
            case None() -> Map.of();
            case Folder(var folder) -> files(folder);
            case InApi(var watch) -> watch.read();
        };
    }

    /// Has `work` called after each change that is told; a folder tells of none, and must be looked at.
    /// @param work on any thread; must not block
    default void onChange(Runnable work) {
        if (this instanceof InApi(var watch)) {
            watch.onChange(work);
        }
    }

    @Override
    default void close() {
        if (this instanceof InApi(var watch)) {
            watch.close();
        }
    }

    private static Map<String, String> files(Path folder) throws IOException {
        var values = new TreeMap<String, String>();
        if (!Files.exists(folder)) {
            return values;
        }
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                // The kubelet's own links begin with two dots.
                if (file.getFileName().toString().startsWith(".") || Files.isDirectory(file)) {
                    continue;
                }
                if (values.size() == KEYS_MAX) {
                    throw new IOException(folder + " has more than " + KEYS_MAX + " files: it is no ConfigMap");
                }
                values.put(file.getFileName().toString(), text(file));
            }
        }
        return values;
    }

    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var octets = in.readNBytes(VALUE_OCTETS_MAX + 1);
            if (octets.length > VALUE_OCTETS_MAX) {
                throw new IOException(file + " is larger than " + VALUE_OCTETS_MAX + " octets");
            }
            return new String(octets, StandardCharsets.UTF_8);
        }
    }
}
