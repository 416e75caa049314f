package io.waymark.proxy.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

/// Notices, within a second or two, that the content of a file is another than it was: written in place,
/// replaced, or behind a symbolic link that was turned, as in the volume of a ConfigMap. A file that is
/// not there for a moment is no change.
/// Lifecycle: [#start], [#close]; it says so once.
public final class ConfigFileWatch implements AutoCloseable {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Path file;
    private final byte[] before;
    private final Runnable changed;
    private final Thread thread = Thread.ofVirtual().name("config-file").unstarted(this::run);

    private ConfigFileWatch(Path file, byte[] before, Runnable changed) {
        this.file = file;
        this.before = before;
        this.changed = changed;
    }

    /// @param before  what was read; not copied
    /// @param changed called once, on a thread that may end the process
    public static ConfigFileWatch start(Path file, byte[] before, Runnable changed) {
        var watch = new ConfigFileWatch(file, before, changed);
        watch.thread.start();
        return watch;
    }

    private void run() {
        try {
            while (isSame()) {
                Thread.sleep(LOOK);
            }
            changed.run();
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isSame() {
        try {
            return Arrays.equals(Files.readAllBytes(file), before);
        } catch (IOException between) {
            return true;
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
