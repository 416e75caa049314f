package io.waymark.testzones.endtoend;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// Commands that see `/etc/resolv.conf` as a Pod does: the cluster's name server, the search list
/// of its namespace, `ndots:5`. They run in a mount namespace of their own.
final class PodView {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path resolvConf;

    /// As a Pod in `namespace` whose name server is at `address`; `folder` takes the file.
    PodView(Path folder, String namespace, String address) {
        try {
            resolvConf = Files.writeString(folder.resolve("resolv.conf." + address), """
                    nameserver %s
                    search %s.svc.cluster.local svc.cluster.local cluster.local
                    options ndots:5
                    """.formatted(address, namespace));
        } catch (IOException e) {
            throw new UncheckedIOException("no resolv.conf", e);
        }
    }

    /// What the command prints. Skips the test where a mount namespace is not to be had.
    String run(String command) {
        var mount = "mount --bind " + resolvConf + " /etc/resolv.conf";
        if (!Program.output(LIMIT, shell(mount + " && echo mounted")).contains("mounted")) {
            Peers.unavailable("a mount namespace is missing: run as root, or allow user namespaces");
        }
        return Program.output(LIMIT, shell(mount + " && " + command));
    }

    private static List<String> shell(String script) {
        return "root".equals(System.getProperty("user.name"))
                ? List.of("unshare", "--mount", "sh", "-c", script)
                : List.of("unshare", "--map-root-user", "--mount", "sh", "-c", script);
    }
}
