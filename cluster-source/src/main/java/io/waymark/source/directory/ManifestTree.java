package io.waymark.source.directory;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Which manifests there are at one moment.
///
/// In a directory these are `*.yaml`, `*.yml` and `*.json`, links followed. What begins with a dot
/// is passed over: a mounted ConfigMap keeps its versions there, and shows the one that counts by
/// links beside them.
/// @param files  each with its stamp, in the order of their paths
/// @param faults places that cannot be looked into, with the reason: what was known below them
///               may still be there
record ManifestTree(SortedMap<Path, FileStamp> files, SortedMap<Path, String> faults) {
    static final int FILES_MAX = 20_000;
    private static final int DEPTH_MAX = 32;

    /// A file or directory that the user named.
    record Root(Path path, boolean isDirectory) {}

    static ManifestTree look(List<Root> roots) {
        var tree = new ManifestTree(new TreeMap<>(), new TreeMap<>());
        for (var root : roots) {
            try {
                Files.walkFileTree(
                        root.path(), EnumSet.of(FileVisitOption.FOLLOW_LINKS), DEPTH_MAX, tree.new Visitor(root));
            } catch (IOException e) {
                tree.faults.put(root.path(), reason(e));
            }
        }
        return tree;
    }

    /// Whether nothing can be said about this path: it lies in or below a fault.
    boolean isHidden(Path path) {
        return faults.keySet().stream().anyMatch(path::startsWith);
    }

    /// The words for what the operating system says.
    static String reason(IOException failure) {
        return switch (failure) {
            case AccessDeniedException e -> "permission denied";
            case NoSuchFileException e -> "there is nothing";
            case NotDirectoryException e -> "it is no directory any more";
            case FileSystemLoopException e -> "the link leads back to where it is";
            default -> String.valueOf(failure.getMessage());
        };
    }

    private final class Visitor extends SimpleFileVisitor<Path> {
        private final Root root;

        Visitor(Root root) {
            this.root = root;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            boolean wanted = directory.equals(root.path()) || !name(directory).startsWith(".");
            return wanted ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean named = file.equals(root.path());
            if (attributes.isDirectory() && !name(file).startsWith(".")) {
                faults.put(file, "directories are nested deeper than " + DEPTH_MAX);
            } else if (named || isManifest(name(file))) {
                files.put(file, FileStamp.of(attributes));
            }
            if (files.size() > FILES_MAX) {
                faults.put(root.path(), "there are more than " + FILES_MAX + " manifests");
                return FileVisitResult.TERMINATE;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            // A file that was there a moment ago is simply gone; a whole directory rather hides.
            boolean gone = failure instanceof NoSuchFileException;
            boolean missed = file.equals(root.path()) && root.isDirectory();
            if (!gone || missed) {
                faults.put(file, reason(failure));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure) {
            if (failure != null) {
                faults.put(directory, reason(failure));
            }
            return FileVisitResult.CONTINUE;
        }

        private static String name(Path path) {
            return String.valueOf(path.getFileName());
        }

        private static boolean isManifest(String name) {
            return !name.startsWith(".") && (name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json"));
        }
    }
}
