package io.waymark.dns.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What this host calls itself, as `hostname` says it. Asks no name server.
public final class HostName {
    private static final Path KERNEL = Path.of("/proc/sys/kernel/hostname");

    private HostName() {}

    /// `localhost` where the kernel does not say.
    public static String read() {
        try {
            return Files.readString(KERNEL).strip();
        } catch (IOException elsewhere) {
            return "localhost";
        }
    }
}
