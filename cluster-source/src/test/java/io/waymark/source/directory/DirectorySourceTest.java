package io.waymark.source.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.source.RecordedSource;
import io.waymark.source.SourceException;
import io.waymark.source.SourceScope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class DirectorySourceTest {
    @TempDir
    Path directory;

    /// With the waits of every day, on the clock on the wall.
    @Test
    void aChangeShowsWithinASecond() throws IOException {
        write("10.96.1.1");
        try (var source = RecordedSource.startSynced(open())) {
            long before = System.nanoTime();
            write("10.96.1.2");
            source.awaitIn("shop");
            assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(1));
        }
    }

    @Test
    void aRootThatIsNotThereIsRefused() {
        var missing = directory.resolve("missing");
        assertThatThrownBy(() -> new DirectorySource(List.of(missing), DirectoryConfig.DEFAULT, SourceScope.DEFAULT))
                .isInstanceOf(SourceException.class)
                .hasMessage("manifests: found nothing at " + missing
                        + "; expected a file or a directory with *.yaml, *.yml or *.json");
    }

    @Test
    void aSourceStartsOnce() throws IOException {
        write("10.96.1.1");
        try (var source = open();
                var recorded = RecordedSource.startSynced(source)) {
            assertThatThrownBy(() -> source.start(recorded)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void aListenerMayCloseItsSource() throws IOException {
        write("10.96.1.1");
        var source = open();
        var calls = new AtomicInteger();
        var closed = new CountDownLatch(1);
        source.start(new ClusterListener() {
            @Override
            public void changed(ClusterState state, ClusterChange change) {
                calls.incrementAndGet();
                source.close();
                closed.countDown();
            }

            @Override
            public void synced(ClusterState state) {
                calls.incrementAndGet();
            }
        });
        assertThat(await(closed)).isTrue();
        source.close();
        assertThat(calls).hasValue(1);
    }

    private static boolean await(CountDownLatch latch) {
        try {
            return latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private DirectorySource open() {
        return new DirectorySource(List.of(directory), DirectoryConfig.DEFAULT, SourceScope.DEFAULT);
    }

    private void write(String address) throws IOException {
        Files.writeString(directory.resolve("a.yaml"), """
                apiVersion: v1
                kind: Service
                metadata: {name: a, namespace: shop}
                spec: {clusterIP: %s, ports: [{port: 80}]}
                """.formatted(address));
    }
}
