package io.waymark.source.directory;

import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.source.Freshness;
import io.waymark.source.SourceScope;
import io.waymark.source.directory.ClusterPlan.Additions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Takes a listener along with the files, one look at a time. Confined to one thread.
final class DirectoryFollower {
    private static final int NAMES_MAX = 10;

    private final ManifestLibrary library;
    private final DirectoryConfig config;
    private final SourceScope scope;
    private final SourceReport report;
    private final ClusterState state = new ClusterState();
    private SortedMap<Path, List<String>> complaints = new TreeMap<>();
    private List<String> warnings = List.of();
    private boolean synced;
    private String trouble = "";

    DirectoryFollower(ManifestLibrary library, DirectoryConfig config, SourceScope scope, SourceReport report) {
        this.library = library;
        this.config = config;
        this.scope = scope;
        this.report = report;
    }

    /// Looks at the files and tells of what changed since the last time; nothing if nothing did.
    Freshness look(Instant now, ClusterListener listener) {
        boolean changed = library.look(now);
        if (changed || !synced) {
            var plan = ClusterPlan.of(library.manifests(), config, scope);
            tell(plan.warnings());
            deliver(plan, now, listener);
            if (!synced) {
                introduce(plan);
                synced = true;
                listener.synced(state);
            }
        }
        return new Freshness(true, now, trouble);
    }

    private void deliver(ClusterPlan plan, Instant now, ClusterListener listener) {
        var deltas = ClusterDiff.between(state, plan);
        if (deltas.isEmpty() && synced) {
            return;
        }
        // Seconds, as zone files have it: replicas that read the same files agree, and a restart
        // does not fall behind. A file from the future must not run ahead for good.
        var modified = library.modified().isBefore(now) ? library.modified() : now;
        state.sawVersion(Math.max(state.version() + 1, modified.getEpochSecond()));
        for (var delta : deltas) {
            state.apply(delta).ifPresent(change -> listener.changed(state, change));
        }
    }

    /// Says what is newly wrong, and what is right again.
    private void tell(List<String> planWarnings) {
        var now = library.complaints();
        now.forEach((path, texts) -> {
            var before = complaints.getOrDefault(path, List.of());
            texts.stream().filter(text -> !before.contains(text)).forEach(report::warn);
        });
        for (var path : complaints.keySet()) {
            if (!now.containsKey(path)) {
                report.note(path + " is good again");
            }
        }
        complaints = now;
        Set<String> known = new HashSet<>(warnings);
        planWarnings.stream().filter(text -> !known.contains(text)).forEach(report::warn);
        warnings = List.copyOf(planWarnings);
        var wrong = new ArrayList<String>();
        now.values().forEach(wrong::addAll);
        wrong.addAll(warnings);
        trouble = switch (wrong.size()) {
            case 0 -> "";
            case 1 -> wrong.getFirst();
            default -> wrong.size() + " problems with manifests, the first: " + wrong.getFirst();
        };
    }

    private void introduce(ClusterPlan plan) {
        report.note("read " + counted(library.fileCount(), "file") + ": "
                + counted(plan.services().size(), "Service") + ", "
                + counted(plan.slices().size(), "EndpointSlice") + ", "
                + counted(plan.namespaces().size(), "Namespace"));
        var ignored = library.ignored();
        if (!ignored.isEmpty()) {
            report.note("passed over, for no name is made of them: "
                    + ignored.entrySet().stream()
                            .map((Map.Entry<String, Integer> entry) -> entry.getValue() + " " + entry.getKey())
                            .collect(Collectors.joining(", ")));
        }
        var added = added(plan.additions());
        if (!added.isEmpty()) {
            report.note("added what a cluster would: " + String.join("; ", added));
        }
    }

    private List<String> added(Additions additions) {
        var added = new ArrayList<String>();
        if (additions.addressed() > 0) {
            added.add("addresses from " + config.ipv4Range() + " and " + config.ipv6Range() + " for "
                    + counted(additions.addressed(), "Service"));
        }
        if (additions.selected() > 0) {
            added.add("endpoints from Pods for " + counted(additions.selected(), "Service"));
        }
        if (!additions.namespaces().isEmpty()) {
            added.add("Namespaces " + listed(additions.namespaces()));
        }
        if (additions.kubernetes()) {
            added.add("Service " + ClusterPlan.KUBERNETES);
        }
        return added;
    }

    private static String listed(List<String> names) {
        var first = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_MAX)));
        return names.size() <= NAMES_MAX ? first : first + " and " + (names.size() - NAMES_MAX) + " more";
    }

    private static String counted(int count, String thing) {
        return count + " " + thing + (count == 1 ? "" : "s");
    }
}
