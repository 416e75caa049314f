package io.waymark.testzones.bench;

import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/// `./bench dns`: a real API server full of Services, CoreDNS and Waymark on it in turn. Prints the
/// figures of both and their ratio as one table. `--short` is a smoke run: a tenth of the objects,
/// one run of each, loads of a second; its figures say little.
public final class DnsBench {
    private DnsBench() {}

    /// The size of the bench.
    private record Size(BenchCluster cluster, int runs, int seconds, int creations) {
        static final Size FULL = new Size(new BenchCluster(10_000), 3, 6, 100);
        static final Size SHORT = new Size(new BenchCluster(1_000), 1, 1, 10);
    }

    /// Takes `--short` or nothing.
    public static void main(String... arguments) {
        var size = List.of(arguments).contains("--short") ? Size.SHORT : Size.FULL;
        var figures = new Figures("CoreDNS");
        var load = CompiledTool.of("load");
        int upstreamPort = Program.freePort();
        try (var plane = ControlPlane.start();
                var _ = upstream(plane.folder(), upstreamPort)) {
            say("filling a real API server with " + size.cluster.text());
            size.cluster.create(plane.api());
            var plan = new Measurement.Plan(
                    load,
                    size.cluster.addressQuestions(plane.folder()),
                    size.cluster.searchPathQuestions(plane.folder()),
                    size.cluster.foreignQuestions(plane.folder()),
                    size.cluster.freshQuestions(plane.folder()),
                    size.seconds,
                    size.creations,
                    upstreamPort);
            var versions = Contestant.COREDNS.version() + ", " + Contestant.WAYMARK.version();
            warmUp(plane, upstreamPort);
            double limit = limit(plan);
            for (int run = 1; run <= size.runs; run++) {
                for (var contestant : Contestant.values()) {
                    say(contestant + ", run " + run + " of " + size.runs);
                    new Measurement(contestant, plane, plan, figures).run(run == size.runs);
                }
            }
            print(size, versions, limit, figures);
        }
    }

    /// A first start of Waymark, not measured: the launcher builds, and trains the start-up cache.
    private static void warmUp(ControlPlane plane, int upstreamPort) {
        say("a first start of Waymark, which is not measured");
        var environment = Map.of(
                "DNS", Integer.toString(Program.freePort()),
                "READY", Integer.toString(Program.freePort()),
                "HEALTH", Integer.toString(Program.freePort()),
                "METRICS", Integer.toString(Program.freePort()),
                "UPSTREAM", Integer.toString(upstreamPort),
                "KUBECONFIG", plane.kubeconfig().toString());
        try (var waymark = Contestant.WAYMARK.start(plane.folder(), environment)) {
            waymark.awaitReady();
        }
    }

    /// The world outside the cluster, which the servers forward to.
    private static Program upstream(Path folder, int port) {
        var command = List.of(CompiledTool.of("upstream").binary().toString(), Integer.toString(port));
        return Program.start("upstream", folder.resolve("upstream.log"), Map.of(), command);
    }

    /// What a server that thinks nothing reaches: the limit of the machine and the load generator.
    private static double limit(Measurement.Plan plan) {
        int port = Program.freePort();
        var log = plan.addresses().resolveSibling("echo.log");
        var echo = List.of(CompiledTool.of("echo").binary().toString(), Integer.toString(port));
        try (var server = Program.start("echo", log, Map.of(), echo)) {
            var limit = Duration.ofSeconds(plan.seconds() + 30L);
            var arguments = new Object[] {port, plan.addresses(), plan.seconds(), 256, 8, "udp"};
            return server.isRunning() ? plan.load().run(limit, arguments).get("qps") : 0;
        }
    }

    private static void print(Size size, String versions, double limit, Figures figures) {
        System.out.printf(
                """
                ## ./bench dns
                %s; %s; %d cores; JDK %s.
                Medians of %d run(s) of each in turn, smallest and largest in parentheses. An echo server in C, which looks
                nothing up, reaches %.0f queries/s here: the limit of the machine and the load generator.
                Both have kubeadm's Corefile, whole.

                %s""",
                size.cluster.text(),
                versions,
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                size.runs,
                limit,
                figures.table(List.of(Figure.values())));
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
