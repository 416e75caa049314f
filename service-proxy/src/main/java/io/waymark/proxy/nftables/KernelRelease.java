package io.waymark.proxy.nftables;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// The version of the running kernel, such as 6.12.
record KernelRelease(int major, int minor) {
    /// kube-proxy's own floor; needed for a refusal in prerouting, intervals of several fields, and
    /// packets that delete elements.
    static final KernelRelease OLDEST = new KernelRelease(5, 13);

    private static final Path SOURCE = Path.of("/proc/sys/kernel/osrelease");
    private static final Pattern TEXT = Pattern.compile("(\\d{1,4})\\.(\\d{1,4}).*", Pattern.DOTALL);

    /// Of a text such as `6.12.3-amd64`; 0.0 if it is none.
    static KernelRelease of(String text) {
        var match = TEXT.matcher(text);
        return match.matches()
                ? new KernelRelease(Integer.parseInt(match.group(1)), Integer.parseInt(match.group(2)))
                : new KernelRelease(0, 0);
    }

    /// Of this machine; the oldest that will do if it does not say.
    static KernelRelease current() {
        try {
            return of(Files.readString(SOURCE));
        } catch (IOException unreadable) {
            return OLDEST;
        }
    }

    boolean isOlderThan(KernelRelease other) {
        return major < other.major || major == other.major && minor < other.minor;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
