package io.waymark.cli;

import io.waymark.dns.corefile.stage.ListenAddress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What is served if no Corefile is given: the cluster's names, and the rest by the resolvers of
/// this machine. No port of its own beside DNS, so that it never is in the way of anything.
final class BuiltInCorefile {
    /// Loopback, and a port that needs no right.
    static final ListenAddress LISTEN = ListenAddress.parse("127.0.0.1:1053").orElseThrow();

    private static final Path RESOLVERS = Path.of("/etc/resolv.conf");

    private BuiltInCorefile() {}

    /// For this machine.
    static CorefileText here() {
        return of(namesAResolver(RESOLVERS));
    }

    /// @param forward whether names of elsewhere can be asked for at `/etc/resolv.conf`
    static CorefileText of(boolean forward) {
        return new CorefileText("built-in Corefile", """
                . {
                    errors
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        pods insecure
                        fallthrough in-addr.arpa ip6.arpa
                    }
                %s}
                """.formatted(forward ? "    forward . " + RESOLVERS + "\n" : ""));
    }

    private static boolean namesAResolver(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.anyMatch(line -> line.strip().matches("nameserver\\s+\\S+.*"));
        } catch (IOException | java.io.UncheckedIOException unreadable) {
            return false;
        }
    }
}
