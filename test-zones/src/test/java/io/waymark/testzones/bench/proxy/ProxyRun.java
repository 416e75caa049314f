package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.bench.Figures;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;

/// One run of one contestant: started on a node of its own, measured, ended.
final class ProxyRun {
    private static final double MEBIBYTE = 1 << 20;
    private static final int COLD_LIMIT_MILLIS = 900_000;
    private static final int CHANGE_LIMIT_MILLIS = 60_000;
    /// How long changes of one kind may take together; so many are made in any case.
    private static final Duration CHANGES_MAX = Duration.ofSeconds(60);

    private static final int CHANGES_MIN = 5;
    private static final long PAUSE_MAX_NANOS = 300_000_000;

    private final Proxy proxy;
    private final Mode mode;
    private final ControlPlane plane;
    private final Services services;
    private final Figures figures;
    private final Random chance = new Random(1);
    private double coldMillis;

    ProxyRun(Proxy proxy, Mode mode, ControlPlane plane, Services services, Figures figures) {
        this.proxy = proxy;
        this.mode = mode;
        this.plane = plane;
        this.services = services;
        this.figures = figures;
    }

    /// Cold start, memory, and so many changes of each kind, or as many as a minute allows.
    void changes(int count) {
        try (var node = new BenchNode();
                var program = start(node, ProxyFigure.COLD_MS)) {
            note(ProxyFigure.COLD_CPU_MS, program.cpuNanosWithChildren() / 1e6);
            if (proxy == Proxy.WAYMARK) {
                ownStart();
            }
            pause(Duration.ofSeconds(5).toNanos());
            note(ProxyFigure.RSS_MB, program.residentOctets() / MEBIBYTE);
            note(ProxyFigure.PSS_MB, program.proportionalOctets() / MEBIBYTE);
            var added = new ArrayList<Double>();
            int made = repeat(count, i -> {
                services.add("made-" + i, address(i));
                added.add(node.untilConnects(address(i), CHANGE_LIMIT_MILLIS));
            });
            note(added, ProxyFigure.SERVICE_P50_MS, ProxyFigure.SERVICE_P99_MS);
            for (int i = 0; i < made; i++) {
                services.remove("made-" + i);
            }
            var grown = new ArrayList<Double>();
            repeat(count, i -> {
                services.addToLarge();
                grown.add(node.untilConnects(Services.LARGE_IP, CHANGE_LIMIT_MILLIS));
                services.takeFromLarge();
                node.untilSilent(Services.LARGE_IP, CHANGE_LIMIT_MILLIS);
            });
            note(grown, ProxyFigure.ENDPOINT_P50_MS, ProxyFigure.ENDPOINT_P99_MS);
            note(ProxyFigure.RSS_CHANGED_MB, program.residentOctets() / MEBIBYTE);
        }
    }

    private static String address(int i) {
        return "10.96.0." + (20 + i);
    }

    /// First packets of connections to all Services.
    /// @return the 99th percentile, in microseconds
    double firstPackets(Path lines, int connections, ProxyFigure.FirstPackets rows) {
        try (var node = new BenchNode();
                var program = start(node, rows.cold())) {
            pause(Duration.ofSeconds(2).toNanos());
            node.connect(lines, connections / 4); // caches warm up
            var said = node.connect(lines, connections);
            if (said.getOrDefault("failed", -1.0) != 0) {
                throw new IllegalStateException(proxy + ": " + said + "\n" + program.logEnd());
            }
            note(rows.p50(), said.getOrDefault("p50_us", -1.0));
            double worst = said.getOrDefault("p99_us", -1.0);
            note(rows.p99(), worst);
            return worst;
        }
    }

    /// Starts it; returns when a connection to the last Service succeeds, and one to each of some others.
    private Program start(BenchNode node, ProxyFigure cold) {
        var last = services.clusterIp(services.made() - 1);
        var others = List.of(services.clusterIp(0), services.clusterIp(services.made() / 2));
        long start = System.nanoTime();
        var program = proxy.start(node, mode, plane.kubeconfig(), plane.folder());
        try {
            node.untilConnects(last, COLD_LIMIT_MILLIS);
            others.forEach(other -> node.untilConnects(other, COLD_LIMIT_MILLIS));
            coldMillis = (System.nanoTime() - start) / 1e6;
            note(cold, coldMillis);
            return program;
        } catch (IllegalStateException silent) {
            program.close();
            throw new IllegalStateException(program.logEnd(), silent);
        }
    }

    /// How long a command takes that does nothing.
    private void ownStart() {
        long start = System.nanoTime();
        Program.output(
                Duration.ofMinutes(5), List.of(Peers.root().resolve("waymark").toString(), "--version"));
        double took = (System.nanoTime() - start) / 1e6;
        note(ProxyFigure.JVM_MS, took);
        note(ProxyFigure.BEYOND_MS, coldMillis - took);
    }

    private int repeat(int count, IntConsumer change) {
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            if (i >= CHANGES_MIN && System.nanoTime() - start > CHANGES_MAX.toNanos()) {
                return i;
            }
            pause((long) (chance.nextDouble() * PAUSE_MAX_NANOS));
            change.accept(i);
        }
        return count;
    }

    private void note(List<Double> took, ProxyFigure p50, ProxyFigure p99) {
        took.sort(null);
        System.err.println("bench: " + took.size() + " changes");
        note(p50, took.get(took.size() / 2));
        note(p99, took.get(took.size() * 99 / 100));
    }

    private void note(ProxyFigure figure, double value) {
        switch (proxy) {
            case KUBE_PROXY -> figures.ofPeer(figure, value);
            case WAYMARK -> figures.ofWaymark(figure, value);
        }
        System.err.printf("bench: %-10s %s: %s%n", proxy, figure.title().strip(), figure.text(value));
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
