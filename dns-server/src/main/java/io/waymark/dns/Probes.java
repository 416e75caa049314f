package io.waymark.dns;

import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.health.ProbeReply;
import io.waymark.dns.health.Readiness;
import io.waymark.dns.http.Page;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.health.HealthStage;
import io.waymark.dns.plugin.ready.ReadyStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// What one generation says to probes: the `health` and `ready` pages of all its blocks.
final class Probes {
    private final List<Readiness> readiness = new ArrayList<>();
    private final Duration lameduck;

    /// @param parts what can be unready
    Probes(ServerPlan plan, List<Readiness.Part> parts, Pages pages) {
        lameduck = stages(plan, HealthStage.class)
                .map(HealthStage::lameduck)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        stages(plan, HealthStage.class)
                .forEach(health ->
                        health.paths().forEach(path -> pages.put(health.address(), path, page(() -> ProbeReply.OK))));
        stages(plan, ReadyStage.class).forEach(ready -> {
            var answer = new Readiness(parts, ready.monitor());
            readiness.add(answer);
            ready.paths().forEach(path -> pages.put(ready.address(), path, page(answer::reply)));
        });
    }

    private static <S extends Stage> Stream<S> stages(ServerPlan plan, Class<S> kind) {
        return plan.blocks().stream().flatMap(block -> block.stage(kind).stream());
    }

    private static Page page(Supplier<ProbeReply> probe) {
        return request -> {
            var reply = probe.get();
            Page.text(request, reply.status(), reply.body());
        };
    }

    /// From now on not ready.
    /// @return how long queries are still to be answered: the longest `lameduck`
    Duration stopping() {
        readiness.forEach(Readiness::stop);
        return lameduck;
    }
}
