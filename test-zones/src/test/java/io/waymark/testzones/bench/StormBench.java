package io.waymark.testzones.bench;

import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `./bench packets`: ten million random datagrams to `./waymark dns`, which must answer all the
/// while and stay within its memory. `--short` sends a hundred thousand.
public final class StormBench {
    private static final String COREFILE = """
            .:{$DNS} {
                bind 127.0.0.1
                errors
                ready 127.0.0.1:{$READY}
                kubernetes cluster.local in-addr.arpa ip6.arpa
            }
            """;
    private static final Path DEMO = Peers.root().resolve("test-zones/demo");

    private StormBench() {}

    /// Takes `--short` or nothing.
    public static void main(String... arguments) {
        long count = List.of(arguments).contains("--short") ? 100_000 : 10_000_000;
        int port = Program.freePort();
        var environment = Map.of("DNS", Integer.toString(port), "READY", Integer.toString(Program.freePort()));
        var manifests = List.of("--manifests", DEMO.toString());
        try (var folder = new ScratchFolder("storm");
                var waymark = DnsProcess.waymark(folder.path(), COREFILE, environment, manifests)) {
            waymark.awaitReady();
            long before = waymark.program().residentOctets() >> 20;
            var said = CompiledTool.of("storm")
                    .run(Duration.ofMinutes(10), port, "erp.shop.svc.cluster.local", count, 20261123);
            System.out.printf(
                    "%,.0f random datagrams in %.0f s; of %,.0f questions among them %,.0f answered; resident %d MB, before %d MB%n",
                    said.get("sent"),
                    said.get("seconds"),
                    said.get("asked"),
                    said.get("answered"),
                    waymark.program().residentOctets() >> 20,
                    before);
            if (said.get("answered") == 0 || !waymark.program().isRunning()) {
                System.err.println(waymark.program().logEnd());
                System.exit(1);
            }
        }
    }
}
