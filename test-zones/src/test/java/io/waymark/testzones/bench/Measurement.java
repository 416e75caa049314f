package io.waymark.testzones.bench;

import io.waymark.testzones.peer.Api;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/// One run of one server: started, measured from start to load, ended.
final class Measurement {
    private static final double MEBIBYTE = 1 << 20;
    private static final int WINDOW = 256;
    private static final int SOCKETS = 8;
    private static final int TCP_SOCKETS = 8;

    private final Contestant contestant;
    private final ControlPlane plane;
    private final Plan plan;
    private final Figures figures;

    /// What is the same in all runs.
    /// @param addresses  file of questions: A records of Services
    /// @param searchPath file of questions: as resolvers with a search path ask them
    /// @param foreign    file of questions: names of other zones, each asked often
    /// @param fresh      file of questions: names of other zones, each asked once
    /// @param seconds    of each load; of the first, which lets the server warm up, too
    /// @param creations  how many Services are created to see when they are answered
    record Plan(
            CompiledTool load,
            Path addresses,
            Path searchPath,
            Path foreign,
            Path fresh,
            int seconds,
            int creations,
            int upstreamPort) {}

    Measurement(Contestant contestant, ControlPlane plane, Plan plan, Figures figures) {
        this.contestant = contestant;
        this.plane = plane;
        this.plan = plan;
        this.figures = figures;
    }

    /// Runs it. With `restart` the API server is restarted at the end, and memory taken after it.
    void run(boolean restart) {
        var environment = environment();
        long start = System.nanoTime();
        try (var server = contestant.start(plane.folder(), environment)) {
            server.awaitReady();
            note(Figure.READY_MS, (System.nanoTime() - start) / 1e6);
            pause(Duration.ofSeconds(3));
            note(Figure.RSS_SYNCED_MB, server.program().residentOctets() / MEBIBYTE);
            int port = Integer.parseInt(environment.get("DNS"));
            load(server, port);
            creations(port);
            if (restart) {
                restart(server, port);
            }
        }
    }

    private Map<String, String> environment() {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        environment.put("UPSTREAM", Integer.toString(plan.upstreamPort));
        for (var name : new String[] {"DNS", "READY", "HEALTH", "METRICS"}) {
            environment.put(name, Integer.toString(Program.freePort()));
        }
        return environment;
    }

    private void load(DnsProcess server, int port) {
        run(server, port, plan.addresses, "udp", SOCKETS); // the JIT's turn
        var udp = run(server, port, plan.addresses, "udp", SOCKETS);
        note(Figure.A_QPS, udp.qps);
        note(Figure.A_CPU_US, udp.cpuMicros);
        var mix = run(server, port, plan.searchPath, "udp", SOCKETS);
        note(Figure.MIX_QPS, mix.qps);
        note(Figure.MIX_CPU_US, mix.cpuMicros);
        run(server, port, plan.addresses, "tcp", TCP_SOCKETS);
        var tcp = run(server, port, plan.addresses, "tcp", TCP_SOCKETS);
        note(Figure.TCP_QPS, tcp.qps);
        note(Figure.TCP_CPU_US, tcp.cpuMicros);
        run(server, port, plan.foreign, "udp", SOCKETS);
        var cached = run(server, port, plan.foreign, "udp", SOCKETS);
        note(Figure.CACHED_QPS, cached.qps);
        note(Figure.CACHED_CPU_US, cached.cpuMicros);
        var uncached = run(server, port, plan.fresh, "udp", SOCKETS);
        note(Figure.UNCACHED_QPS, uncached.qps);
        note(Figure.UNCACHED_CPU_US, uncached.cpuMicros);
        note(Figure.RSS_LOADED_MB, server.program().residentOctets() / MEBIBYTE);
        var limit = Duration.ofSeconds(plan.seconds + 30L);
        var paced = plan.load.run(limit, port, plan.addresses, plan.seconds, WINDOW, SOCKETS, "udp", 20000);
        note(Figure.RATE_MEAN_US, paced.get("mean_us"));
        note(Figure.RATE_STDDEV_US, paced.get("stddev_us"));
    }

    private record Rate(double qps, double cpuMicros) {}

    private Rate run(DnsProcess server, int port, Path questions, String transport, int sockets) {
        long before = server.program().cpuNanos();
        var limit = Duration.ofSeconds(plan.seconds + 30L);
        var said = plan.load.run(limit, port, questions, plan.seconds, WINDOW, sockets, transport);
        double answered = said.get("qps") * plan.seconds;
        double right = said.getOrDefault("rcode_0", 0.0) + said.getOrDefault("rcode_3", 0.0);
        boolean onlyThatExist = !questions.equals(plan.searchPath);
        if (answered == 0 || right < 99.9 || said.get("lost") > 5 || onlyThatExist && said.containsKey("rcode_3")) {
            throw new IllegalStateException(contestant + " does not answer well over " + transport + ": " + said + "\n"
                    + server.program().logEnd());
        }
        return new Rate(said.get("qps"), (server.program().cpuNanos() - before) / 1e3 / answered);
    }

    private void creations(int port) {
        try (var creations = new Creations(plane.api(), port)) {
            var took = creations.run(plan.creations);
            note(Figure.CREATED_P50_MS, took.get(took.size() / 2));
            note(Figure.CREATED_P99_MS, took.get(took.size() * 99 / 100));
        }
    }

    /// The server must find out anew what there is. A change of something else moves the
    /// resourceVersion on, so that what it last saw is too old to go on from.
    private void restart(DnsProcess server, int port) {
        plane.api()
                .apply(Api.read("{apiVersion: v1, kind: ConfigMap, metadata: {name: mark}, data: {at: \"%d\"}}"
                                .formatted(System.nanoTime()))
                        .getFirst());
        plane.stopApiServer();
        plane.startApiServer();
        try (var creations = new Creations(plane.api(), port)) {
            creations.run(1);
        }
        double[] most = {0};
        Await.holdsWithin(Duration.ofSeconds(5), () -> {
            most[0] = Math.max(most[0], server.program().residentOctets() / MEBIBYTE);
            return false;
        });
        note(Figure.RSS_RELISTED_MB, most[0]);
    }

    private void note(Figure figure, double value) {
        switch (contestant) {
            case COREDNS -> figures.ofPeer(figure, value);
            case WAYMARK -> figures.ofWaymark(figure, value);
        }
        System.err.printf("bench: %-8s %s: %s%n", contestant, figure.title().strip(), figure.text(value));
    }

    private static void pause(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
