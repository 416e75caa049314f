package io.waymark.source.directory;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.source.ClusterSource;
import io.waymark.source.Freshness;
import io.waymark.source.SourceException;
import io.waymark.source.SourceScope;
import io.waymark.source.directory.ManifestTree.Root;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The cluster's state from manifests: files, or directories of them, in YAML or JSON.
///
/// A change shows within a second. A file that becomes unreadable or wrong keeps its last good
/// objects, as does a directory that goes away; a file that is deleted takes its objects with it.
/// Lifecycle: [#start], deltas from its own thread, [#close].
public final class DirectorySource implements ClusterSource {
    /// Looking at very many files may take long: at most a fifth of a processor goes into it.
    private static final int REST_PER_LOOK = 4;
    private static final Duration REST_MAX = Duration.ofMillis(400);

    private final DirectoryConfig config;
    private final DirectoryFollower follower;
    private final InstantSource clock;
    private final Thread thread =
            Thread.ofPlatform().name("manifests").daemon(true).unstarted(this::run);
    private final CompletableFuture<ClusterListener> listener = new CompletableFuture<>();
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Freshness freshness = Freshness.NOT_YET;

    /// Fails with a [SourceException] if a root is not there: later it may come and go.
    /// @param roots files and directories; of two manifests for one object the one whose path is
    ///              later in the alphabet counts
    public DirectorySource(List<Path> roots, DirectoryConfig config, SourceScope scope) {
        this(roots, config, scope, InstantSource.system(), SourceReport.logged());
    }

    DirectorySource(
            List<Path> roots, DirectoryConfig config, SourceScope scope, InstantSource clock, SourceReport report) {
        this.config = config;
        this.clock = clock;
        var library = new ManifestLibrary(checked(roots), scope);
        this.follower = new DirectoryFollower(library, config, scope, report);
    }

    private static List<Root> checked(List<Path> paths) {
        var roots = new ArrayList<Root>();
        for (var path : paths) {
            boolean directory = Files.isDirectory(path);
            if (!directory && !Files.isRegularFile(path)) {
                String found = Files.exists(path) ? "neither a file nor a directory" : "nothing";
                throw new SourceException("manifests: found " + found + " at " + path.toAbsolutePath()
                        + "; expected a file or a directory with *.yaml, *.yml or *.json");
            }
            if (!Files.isReadable(path)) {
                throw new SourceException("manifests: " + path.toAbsolutePath()
                        + " cannot be read: permission denied; allow this user to read it");
            }
            roots.add(new Root(path.normalize(), directory));
        }
        return roots;
    }

    @Override
    public void start(ClusterListener told) {
        if (!listener.complete(new UntilClosed(told))) {
            throw new IllegalStateException("started twice");
        }
        thread.start();
    }

    private void run() {
        var told = listener.join();
        try {
            boolean goesOn = closing.getCount() > 0;
            while (goesOn) {
                Instant begun = clock.instant();
                freshness = follower.look(begun, told);
                var took = Duration.between(begun, clock.instant());
                goesOn = !closing.await(rest(took).toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            // Whoever interrupts this thread wants it to end.
            Thread.currentThread().interrupt();
        }
    }

    private Duration rest(Duration took) {
        var fair = took.multipliedBy(REST_PER_LOOK);
        var rest = fair.compareTo(REST_MAX) < 0 ? fair : REST_MAX;
        return rest.compareTo(config.interval()) > 0 ? rest : config.interval();
    }

    @Override
    public Freshness freshness() {
        var last = freshness;
        return new Freshness(
                last.synced(), last.lastContact(), last.trouble(), Map.of("manifests", last.lastContact()));
    }

    /// Waits for a look that is under way, unless it is that look which closes the source.
    @Override
    public void close() {
        closing.countDown();
        if (Thread.currentThread() == thread) {
            return;
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// The listener as long as the source is open: a close in the middle of many changes holds.
    private final class UntilClosed implements ClusterListener {
        private final ClusterListener told;

        UntilClosed(ClusterListener told) {
            this.told = told;
        }

        @Override
        public void changed(ClusterState state, ClusterChange change) {
            if (closing.getCount() > 0) {
                told.changed(state, change);
            }
        }

        @Override
        public void synced(ClusterState state) {
            if (closing.getCount() > 0) {
                told.synced(state);
            }
        }
    }
}
