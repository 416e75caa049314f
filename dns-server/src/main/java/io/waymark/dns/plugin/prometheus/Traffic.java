package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.loops.PerLoop;
import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.Surroundings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntUnaryOperator;
import java.util.function.ToLongFunction;

/// The queries of all servers and zones, counted as CoreDNS does: the families
/// `coredns_dns_…`. One for the life of the process.
///
/// A query is counted by the loop that answered it, into numbers that no other thread writes
/// ([Tally]); a scrape adds the loops' numbers. Whoever answers on a thread that is no loop takes a
/// lock, which no loop ever waits for.
public final class Traffic {
    /// The zone of queries that no block answers; it cannot be the name of one.
    public static final String DROPPED = "dropped";

    private final List<Series> series = new CopyOnWriteArrayList<>();
    private final List<Tallies> all = new CopyOnWriteArrayList<>();
    private final PerLoop<Tallies> own = new PerLoop<>(this::tallies);
    private final Tallies shared = tallies();
    private volatile String[] plugins = {""};

    /// One server and zone.
    /// @param number from 0 on, in the order of their making
    record Series(int number, String server, String zone, String view) {
        private List<String> labels(String... more) {
            var labels = new ArrayList<>(List.of(server, zone, view));
            labels.addAll(List.of(more));
            return labels;
        }
    }

    public Traffic(Metrics metrics) {
        var zone = List.of("server", "zone", "view");
        metrics.collect(
                MetricKind.COUNTER,
                "coredns_dns_requests_total",
                "Queries by server, zone, protocol, address family and type.",
                List.of("server", "zone", "view", "proto", "family", "type"),
                this::queries);
        metrics.collect(
                MetricKind.COUNTER,
                "coredns_dns_do_requests_total",
                "Queries with the DO bit set.",
                zone,
                this::dnssecOk);
        metrics.collect(
                MetricKind.COUNTER,
                "coredns_dns_responses_total",
                "Replies by response code and by the plugin that made them.",
                List.of("server", "zone", "view", "rcode", "plugin"),
                this::replies);
        metrics.collect(
                MetricKind.HISTOGRAM,
                "coredns_dns_request_duration_seconds",
                "How long a query took, in seconds.",
                zone,
                () -> histograms(Buckets.DURATION, 1, protocol -> Tally.DURATION));
        metrics.collect(
                MetricKind.HISTOGRAM,
                "coredns_dns_request_size_bytes",
                "The size of the queries, in octets.",
                List.of("server", "zone", "view", "proto"),
                () -> histograms(Buckets.SIZE, Tally.PROTOCOLS, Tally::querySize));
        metrics.collect(
                MetricKind.HISTOGRAM,
                "coredns_dns_response_size_bytes",
                "The size of the replies as they were sent, in octets.",
                List.of("server", "zone", "view", "proto"),
                () -> histograms(Buckets.SIZE, Tally.PROTOCOLS, Tally::replySize));
    }

    /// The one of the process.
    static Traffic of(Surroundings around) {
        return around.kept(Traffic.class, () -> new Traffic(around.metrics()));
    }

    /// Counts the queries to a server that none of its blocks answers.
    public Observer dropped(String server) {
        var dropped = series(server, DROPPED, "");
        return answered -> count(dropped, answered);
    }

    /// The series of a server and zone; the same for the same.
    synchronized Series series(String server, String zone, String view) {
        for (var known : series) {
            if (known.server.equals(server) && known.zone.equals(zone) && known.view.equals(view)) {
                return known;
            }
        }
        var made = new Series(series.size(), server, zone, view);
        series.add(made);
        return made;
    }

    /// Counts a query. A failure is nobody's: the server itself makes its reply.
    void count(Series series, Answered answered) {
        int plugin = answered.reason().isEmpty()
                ? answered.exchange().notes().answeredBy().map(this::plugin).orElse(0)
                : 0;
        var loops = own.get();
        if (loops.isPresent()) {
            loops.get().of(series).count(answered, plugin);
        } else {
            synchronized (shared) {
                shared.of(series).count(answered, plugin);
            }
        }
    }

    // Names of plugins are constants, so that the first comparison is mostly enough.
    private int plugin(String name) {
        var known = plugins;
        for (int i = 0; i < known.length; i++) {
            if (known[i].equals(name)) {
                return i;
            }
        }
        return name(name);
    }

    private synchronized int name(String name) {
        int known = Arrays.asList(plugins).indexOf(name);
        if (known >= 0 || plugins.length == Tally.PLUGINS) {
            return Math.max(known, 0);
        }
        var more = Arrays.copyOf(plugins, plugins.length + 1);
        more[plugins.length] = name;
        plugins = more;
        return more.length - 1;
    }

    private Tallies tallies() {
        var made = new Tallies();
        all.add(made);
        return made;
    }

    private List<Reading> queries() {
        var readings = new ArrayList<Reading>();
        for (var one : series) {
            for (int protocol = 0; protocol < Tally.PROTOCOLS; protocol++) {
                for (int family = 0; family < Tally.FAMILIES; family++) {
                    for (int type = 0; type < QueryTypes.COUNT; type++) {
                        int index = Tally.queries(protocol, family, type);
                        var labels =
                                one.labels(protocol(protocol), Integer.toString(family + 1), QueryTypes.name(type));
                        value(readings, labels, sum(one, tally -> tally.get(index)));
                    }
                }
            }
        }
        return readings;
    }

    private List<Reading> dnssecOk() {
        var readings = new ArrayList<Reading>();
        series.forEach(one -> value(readings, one.labels(), sum(one, tally -> tally.get(Tally.dnssecOk()))));
        return readings;
    }

    private List<Reading> replies() {
        var readings = new ArrayList<Reading>();
        var names = plugins;
        for (var one : series) {
            for (int plugin = 0; plugin < names.length; plugin++) {
                for (int rcode = 0; rcode < Tally.RCODES; rcode++) {
                    int name = plugin;
                    int code = rcode;
                    var labels = one.labels(Rcodes.name(rcode), names[plugin]);
                    value(readings, labels, sum(one, tally -> tally.replies(name, code)));
                }
            }
        }
        return readings;
    }

    private List<Reading> histograms(Buckets buckets, int protocols, IntUnaryOperator start) {
        var readings = new ArrayList<Reading>();
        for (var one : series) {
            for (int protocol = 0; protocol < protocols; protocol++) {
                int first = start.applyAsInt(protocol);
                var counts = new long[buckets.bounds().length + 1];
                Arrays.setAll(counts, bucket -> sum(one, tally -> tally.get(first + bucket)));
                double sum = sum(one, tally -> tally.get(first + buckets.sum())) * buckets.unit();
                if (Arrays.stream(counts).sum() > 0) {
                    var labels = protocols == 1 ? one.labels() : one.labels(protocol(protocol));
                    readings.add(new Reading.Distribution(labels, buckets.decimals(), counts, sum));
                }
            }
        }
        return readings;
    }

    private static void value(List<Reading> readings, List<String> labels, long value) {
        if (value > 0) {
            readings.add(new Reading.Value(labels, (double) value));
        }
    }

    private static String protocol(int number) {
        return number == 0 ? "udp" : "tcp";
    }

    private long sum(Series one, ToLongFunction<Tally> number) {
        long sum = 0;
        for (var tallies : all) {
            sum += tallies.known(one).stream().mapToLong(number).sum();
        }
        return sum;
    }
}
