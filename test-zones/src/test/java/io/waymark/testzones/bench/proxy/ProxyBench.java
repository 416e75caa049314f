package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.bench.Figures;
import io.waymark.testzones.bench.proxy.ProxyFigure.FirstPackets;
import io.waymark.testzones.peer.ControlPlane;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// `./bench proxy`: a real API server full of Services, kube-proxy and Waymark on it in turn, each on a
/// node of its own. Prints the figures of both and their ratio as one table. `--short` is a smoke run: a
/// tenth of the objects, one run of each; its figures say little.
public final class ProxyBench {
    private static final int FEW = 10;

    private ProxyBench() {}

    /// The size of the bench.
    /// @param changes     of each kind, in each run
    /// @param connections of each measurement of first packets
    private record Size(int services, int most, int runs, int changes, int connections) {
        static final Size FULL = new Size(10_000, 30_000, 3, 100, 40_000);
        static final Size SHORT = new Size(1_000, 3_000, 1, 10, 4_000);
    }

    /// Takes `--short` or nothing, and a [Mode] or nothing, which is nftables.
    public static void main(String... arguments) {
        var given = List.of(arguments);
        var size = given.contains("--short") ? Size.SHORT : Size.FULL;
        var mode = Mode.of(given.stream()
                .filter(word -> !word.equals("--short"))
                .findFirst()
                .orElse("nftables"));
        BenchNetwork.prepare();
        try (var plane = ControlPlane.start(BenchNode.API_ADDRESS)) {
            var services = new Services(plane.api());
            var figures = new Figures("kube-proxy");
            services.begin();
            grow(services, FEW);
            say("a first start of Waymark, which is not measured");
            var lines = services.lines(plane.folder());
            new ProxyRun(Proxy.WAYMARK, mode, plane, services, new Figures("kube-proxy"))
                    .firstPackets(lines, 100, ProxyFigure.WITH_FEW);
            var few = firstPackets(size, mode, plane, services, figures, ProxyFigure.WITH_FEW);
            grow(services, size.services);
            for (int run = 1; run <= size.runs; run++) {
                for (var proxy : Proxy.values()) {
                    say(proxy + ", run " + run + " of " + size.runs);
                    new ProxyRun(proxy, mode, plane, services, figures).changes(size.changes);
                }
            }
            grow(services, size.most);
            var most = firstPackets(size, mode, plane, services, figures, ProxyFigure.WITH_MOST);
            figures.ofPeer(ProxyFigure.MORE_P99_US, most.get(Proxy.KUBE_PROXY) - few.get(Proxy.KUBE_PROXY));
            figures.ofWaymark(ProxyFigure.MORE_P99_US, most.get(Proxy.WAYMARK) - few.get(Proxy.WAYMARK));
            print(size, mode, figures);
        }
    }

    /// @return the 99th percentile of each, in microseconds
    private static Map<Proxy, Double> firstPackets(
            Size size, Mode mode, ControlPlane plane, Services services, Figures figures, FirstPackets rows) {
        var worst = new EnumMap<Proxy, Double>(Proxy.class);
        var lines = services.lines(plane.folder());
        for (var proxy : Proxy.values()) {
            var run = new ProxyRun(proxy, mode, plane, services, figures);
            worst.put(proxy, run.firstPackets(lines, size.connections, rows));
        }
        return worst;
    }

    private static void grow(Services services, int count) {
        say("filling a real API server with %,d Services".formatted(count));
        services.grow(count);
    }

    private static void print(Size size, Mode mode, Figures figures) {
        System.out.printf(
                """
                ## ./bench proxy, %s
                %,d Services with 2 endpoints each, "few" is %d, "most" is %,d; %s, %s; %d cores; JDK %s.
                Medians of %d run(s) of each in turn, smallest and largest in parentheses; of first packets one run of
                %,d connections. The client is a process of the node. The goals are those of nftables mode.

                %s""",
                mode.text(),
                size.services,
                FEW,
                size.most,
                Proxy.KUBE_PROXY.version(),
                Proxy.WAYMARK.version(),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version(),
                size.runs,
                size.connections,
                figures.table(List.of(ProxyFigure.values())));
    }

    private static void say(String what) {
        System.err.println("bench: " + what);
    }
}
