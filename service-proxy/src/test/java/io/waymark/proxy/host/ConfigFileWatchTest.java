package io.waymark.proxy.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileWatchTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatIsWrittenInPlaceIsNoticed() throws Exception {
        var file = Files.writeString(folder.resolve("config.conf"), "mode: nftables");
        assertNoticed(file, () -> Files.writeString(file, "mode: iptables"));
    }

    /// As the kubelet brings a changed ConfigMap.
    @Test
    void soIsOneBehindALinkThatIsTurned() throws Exception {
        for (var version : new String[] {"one", "two"}) {
            Files.createDirectory(folder.resolve(version));
            Files.writeString(folder.resolve(version).resolve("config.conf"), version);
        }
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("one"));
        var file = Files.createSymbolicLink(folder.resolve("config.conf"), Path.of("..data/config.conf"));
        assertNoticed(file, () -> {
            var turned = Files.createSymbolicLink(folder.resolve("..new"), Path.of("two"));
            Files.move(
                    turned,
                    folder.resolve("..data"),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        });
    }

    private interface Change {
        void make() throws IOException;
    }

    private static void assertNoticed(Path file, Change change) throws Exception {
        var noticed = new CountDownLatch(1);
        try (var watch = ConfigFileWatch.start(file, Files.readAllBytes(file), noticed::countDown)) {
            change.make();
            assertThat(noticed.await(20, TimeUnit.SECONDS)).as(watch.toString()).isTrue();
        }
    }
}
