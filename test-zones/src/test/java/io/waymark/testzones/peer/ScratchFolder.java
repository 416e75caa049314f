package io.waymark.testzones.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// A temporary folder and all in it. It goes when it is closed, at the latest when this JVM ends
/// (then after the processes that write to it).
public final class ScratchFolder implements AutoCloseable {
    private static final Set<Path> ALL = ConcurrentHashMap.newKeySet();

    private final Path path;

    /// Makes it; its name begins with `waymark-` and `what`.
    public ScratchFolder(String what) {
        try {
            path = Files.createTempDirectory("waymark-" + what);
            ALL.add(path);
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder", e);
        }
    }

    /// Where it is.
    public Path path() {
        return path;
    }

    @Override
    public void close() {
        ALL.remove(path);
        delete(path);
    }

    static void deleteAll() {
        ALL.forEach(ScratchFolder::delete);
    }

    private static void delete(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            System.err.println("this folder stays behind: " + folder + ": " + e);
        }
    }
}
