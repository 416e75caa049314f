package io.waymark.testzones.bench;

import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// The two servers.
enum Contestant {
    COREDNS,
    WAYMARK;

    /// What kubeadm writes, on loopback ports and out of a cluster.
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                health 127.0.0.1:{$HEALTH} {
                    lameduck 5s
                }
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local in-addr.arpa ip6.arpa {
                    kubeconfig {$KUBECONFIG}
                    pods insecure
                    fallthrough in-addr.arpa ip6.arpa
                    ttl 30
                }
                prometheus 127.0.0.1:{$METRICS}
                forward . 127.0.0.1:{$UPSTREAM} {
                    max_concurrent 1000
                }
                cache 30 {
                    disable success cluster.local
                    disable denial cluster.local
                }
                loop
                reload
                loadbalance
            }
            """;
    /// Starts it; `environment` has the variables of the Corefile.
    DnsProcess start(Path folder, Map<String, String> environment) {
        return switch (this) {
            case COREDNS -> DnsProcess.coreDns(folder, COREFILE, environment);
            case WAYMARK -> DnsProcess.waymark(folder, COREFILE, environment, List.of());
        };
    }

    /// What it says its version is.
    String version() {
        var command = switch (this) {
            case COREDNS -> List.of(Peers.require("coredns").toString(), "-version");
            case WAYMARK -> List.of(Peers.root().resolve("waymark").toString(), "--version");
        };
        return Program.output(Duration.ofMinutes(5), command)
                .lines()
                .findFirst()
                .orElse("unknown");
    }
}
