package io.waymark.source.directory;

import io.waymark.source.SourceScope;
import io.waymark.source.directory.ManifestTree.Root;
import io.waymark.source.manifest.Manifest;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// All files below the roots, over time. Confined to one thread.
///
/// Files are looked at again and again rather than watched: the kernel's notices do not come over
/// NFS and other shared file systems, miss what lies behind a link that is turned elsewhere (as
/// in a mounted ConfigMap), and get lost when there are many.
final class ManifestLibrary {
    private final List<Root> roots;
    private final SourceScope scope;
    private final SortedMap<Path, ManifestFile> files = new TreeMap<>();
    private SortedMap<Path, String> faults = new TreeMap<>();
    private boolean isFirst = true;

    /// @param scope what objects keep
    ManifestLibrary(List<Root> roots, SourceScope scope) {
        this.roots = List.copyOf(roots);
        this.scope = scope;
    }

    /// Looks at each file once, and reads those that changed.
    /// @return whether anything they say, good or bad, may be other than before
    boolean look(Instant now) {
        var tree = ManifestTree.look(roots);
        boolean changed = !tree.faults().equals(faults);
        faults = tree.faults();
        for (var entry : tree.files().entrySet()) {
            var file = files.computeIfAbsent(entry.getKey(), path -> new ManifestFile(path, scope));
            changed |= file.look(entry.getValue(), now, isFirst);
        }
        changed |= files.values()
                .removeIf(
                        file -> !tree.files().containsKey(file.path()) && !tree.isHidden(file.path()) && file.isGone());
        isFirst = false;
        return changed;
    }

    /// All good objects, in the order of their files.
    List<Manifest> manifests() {
        var manifests = new ArrayList<Manifest>();
        files.values().forEach(file -> manifests.addAll(file.objects()));
        return manifests;
    }

    /// What is wrong now, by the path that it is wrong with.
    SortedMap<Path, List<String>> complaints() {
        var complaints = new TreeMap<Path, List<String>>();
        for (var file : files.values()) {
            if (!file.complaints().isEmpty()) {
                complaints.put(file.path(), file.complaints());
            }
        }
        faults.forEach((path, reason) ->
                complaints.put(path, List.of(path + ": cannot be looked into: " + reason + "; what was read stays")));
        return complaints;
    }

    int fileCount() {
        return files.size();
    }

    /// How many objects of each kind nothing is made of.
    Map<String, Integer> ignored() {
        var ignored = new TreeMap<String, Integer>();
        files.values()
                .forEach(file -> file.ignored().forEach((kind, count) -> ignored.merge(kind, count, Integer::sum)));
        return ignored;
    }

    /// When the newest of the files was changed.
    Instant modified() {
        return files.values().stream()
                .map(ManifestFile::modified)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
