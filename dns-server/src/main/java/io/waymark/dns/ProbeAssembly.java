package io.waymark.dns;

import io.waymark.dns.corefile.plan.ServerPlan;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.health.ProbeEndpoint;
import io.waymark.dns.health.ProbeReply;
import io.waymark.dns.health.Readiness;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.plugin.health.HealthStage;
import io.waymark.dns.plugin.ready.ReadyStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// The `health` and `ready` endpoints of all blocks. Those at one address share a server.
/// Lifecycle: [#bind], answering, [#stopping], [#close].
final class ProbeAssembly implements AutoCloseable {
    private final Map<ListenAddress, ProbeEndpoint> endpoints = new LinkedHashMap<>();
    private final List<Readiness> readiness = new ArrayList<>();
    private final Duration lameduck;

    private ProbeAssembly(Duration lameduck) {
        this.lameduck = lameduck;
    }

    /// Binds them all, or throws a [io.waymark.dns.listen.ListenException] and leaves none.
    static ProbeAssembly bind(EventLoops loops, ServerPlan plan, List<Readiness.Part> parts) {
        var assembly = new ProbeAssembly(stages(plan, HealthStage.class)
                .map(HealthStage::lameduck)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO));
        var probes = new LinkedHashMap<ListenAddress, Map<String, Supplier<ProbeReply>>>();
        stages(plan, HealthStage.class)
                .forEach(health -> probes.computeIfAbsent(health.address(), first -> new HashMap<>())
                        .put("/health", () -> ProbeReply.OK));
        stages(plan, ReadyStage.class).forEach(ready -> {
            var answer = new Readiness(parts, ready.monitor());
            assembly.readiness.add(answer);
            probes.computeIfAbsent(ready.address(), first -> new HashMap<>()).put("/ready", answer::reply);
        });
        try {
            probes.forEach((address, paths) -> assembly.endpoints.put(
                    address, ProbeEndpoint.bind(loops, BindAddress.of(address.address(), address.port()), paths)));
            return assembly;
        } catch (RuntimeException failure) {
            assembly.close();
            throw failure;
        }
    }

    private static <S extends Stage> Stream<S> stages(ServerPlan plan, Class<S> kind) {
        return plan.blocks().stream().flatMap(block -> block.stage(kind).stream());
    }

    /// From now on not ready.
    /// @return how long queries are still to be answered: the longest `lameduck`
    Duration stopping() {
        readiness.forEach(Readiness::stop);
        return lameduck;
    }

    /// By the addresses in the Corefile, the ports that they have.
    Map<ListenAddress, Integer> ports() {
        var ports = new LinkedHashMap<ListenAddress, Integer>();
        endpoints.forEach((address, endpoint) -> ports.put(address, endpoint.port()));
        return ports;
    }

    @Override
    public void close() {
        endpoints.values().forEach(ProbeEndpoint::close);
    }
}
