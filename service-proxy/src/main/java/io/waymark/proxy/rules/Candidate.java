package io.waymark.proxy.rules;

import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Hints;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// One endpoint of a Service port that packets could be sent to.
/// @param nodeName where it is, or empty
/// @param version  that of the slice which says so
record Candidate(
        Backend backend,
        boolean ready,
        boolean serving,
        boolean terminating,
        String nodeName,
        Hints hints,
        long version) {

    /// Whether it can stand in where none is ready.
    boolean servesTheLast() {
        return serving && terminating;
    }

    /// Reads a Service's slices off for one of its ports: those of the family, their port of the same
    /// name and protocol. Each address and port is there once. If several slices have it, one that does
    /// not terminate wins, for an address is given on before the Pod that had it is gone; of equals the
    /// one in the newer slice.
    /// @param unfit gets the endpoints that nobody can be sent to
    static Collection<Candidate> of(ServicePortKey key, List<EndpointSlice> slices, Consumer<Backend> unfit) {
        Map<Backend, Candidate> candidates = new LinkedHashMap<>();
        for (var slice : slices) {
            for (int port : ports(key, slice)) {
                read(slice, port, unfit, candidates);
            }
        }
        return candidates.values();
    }

    private static List<Integer> ports(ServicePortKey key, EndpointSlice slice) {
        var numbers = new ArrayList<Integer>();
        if (slice.endpoints().family() == key.family()) {
            for (var port : slice.ports()) {
                if (port.name().equals(key.port()) && port.protocol() == key.protocol()) {
                    numbers.add(port.port());
                }
            }
        }
        return numbers;
    }

    private static void read(
            EndpointSlice slice, int port, Consumer<Backend> unfit, Map<Backend, Candidate> candidates) {
        var rows = slice.endpoints();
        for (int row = 0; row < rows.size(); row++) {
            var backend = new Backend(rows.address(row), port);
            if (backend.address().isLoopback() || backend.address().isUnspecified()) {
                unfit.accept(backend);
                continue;
            }
            var candidate = new Candidate(
                    backend,
                    rows.isReady(row),
                    rows.isServing(row),
                    rows.isTerminating(row),
                    rows.nodeName(row),
                    rows.hints(row),
                    slice.origin().version());
            candidates.merge(backend, candidate, Candidate::better);
        }
    }

    private static Candidate better(Candidate present, Candidate other) {
        if (present.terminating != other.terminating) {
            return present.terminating ? other : present;
        }
        return other.version >= present.version ? other : present;
    }
}
