package io.waymark.dns.corefile.file;

import io.waymark.dns.corefile.ImportResolver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads imported files. Patterns are Go's `filepath.Glob` with the limits of CoreDNS: one `*` and
/// one `?` at most, no `[…]`; unlike there, folders that match are left out. Files that match are
/// read in the order of their names. Keeps nothing between two calls.
public final class FileImports implements ImportResolver {
    /// More is no Corefile.
    public static final int FILE_OCTETS_MAX = 4 << 20;

    private static final int MATCHES_MAX = 10_000;

    @Override
    public Resolution resolve(String importingFile, String pattern) {
        try {
            Path path = Path.of(importingFile).resolveSibling(pattern).normalize();
            return isGlob(pattern) ? matching(path) : new Resolution.Files(List.of(read(path)));
        } catch (InvalidPathException e) {
            return new Resolution.Refused("\"" + pattern + "\" is no path");
        } catch (NoSuchFileException e) {
            return new Resolution.Refused("there is no " + e.getFile());
        } catch (UncheckedIOException e) {
            return new Resolution.Refused(String.valueOf(e.getMessage()));
        } catch (IOException e) {
            return new Resolution.Refused(e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage());
        }
    }

    private static boolean isGlob(String name) {
        return name.contains("*") || name.contains("?") || name.contains("[");
    }

    private static ImportedFile read(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new IOException(path + " is a folder; import the files in it by " + path.resolve("*"));
        }
        byte[] octets;
        try (var in = Files.newInputStream(path)) {
            octets = in.readNBytes(FILE_OCTETS_MAX + 1);
        }
        if (octets.length > FILE_OCTETS_MAX) {
            throw new IOException(path + " is larger than " + FILE_OCTETS_MAX + " octets");
        }
        return new ImportedFile(path.toString(), new String(octets, StandardCharsets.UTF_8));
    }

    private static Resolution matching(Path pattern) throws IOException {
        String text = pattern.toString();
        if (text.indexOf('*') != text.lastIndexOf('*')
                || text.indexOf('?') != text.lastIndexOf('?')
                || text.contains("[")) {
            return new Resolution.Refused("pattern \"" + text + "\" may hold one * and one ?, and no [");
        }
        var paths = List.of(pattern.isAbsolute() ? pattern.getRoot() : Path.of(""));
        for (Path step : pattern) {
            paths = isGlob(step.toString()) ? children(paths, step.toString()) : below(paths, step);
        }
        var files = new ArrayList<ImportedFile>();
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                files.add(read(path));
            }
        }
        return new Resolution.Files(files);
    }

    private static List<Path> below(List<Path> folders, Path step) {
        return folders.stream()
                .map(folder -> folder.resolve(step))
                .filter(Files::exists)
                .toList();
    }

    private static List<Path> children(List<Path> folders, String pattern) throws IOException {
        var children = new ArrayList<Path>();
        for (Path folder : folders) {
            if (Files.isDirectory(folder)) {
                try (Stream<Path> entries = Files.list(folder)) {
                    entries.filter(entry -> matches(entry.getFileName().toString(), pattern))
                            .sorted()
                            .limit(MATCHES_MAX)
                            .forEach(children::add);
                }
            }
        }
        return children;
    }

    /// `*` stands for any characters, `?` for one.
    static boolean matches(String name, String pattern) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return matchesHere(name, pattern);
        }
        int tail = pattern.length() - star - 1;
        return name.length() >= star + tail
                && matchesHere(name.substring(0, star), pattern.substring(0, star))
                && matchesHere(name.substring(name.length() - tail), pattern.substring(star + 1));
    }

    private static boolean matchesHere(String name, String pattern) {
        boolean matches = name.length() == pattern.length();
        for (int i = 0; matches && i < name.length(); i++) {
            matches = pattern.charAt(i) == '?' || pattern.charAt(i) == name.charAt(i);
        }
        return matches;
    }
}
