package io.waymark.dns;

import io.waymark.dns.Sockets.Serving;
import io.waymark.dns.feed.FeedClaim;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.LocalAddresses;
import io.waymark.dns.pipeline.ClientView;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.pipeline.respond.InFlight;
import io.waymark.dns.plan.ListenerPlan;
import io.waymark.dns.plan.ServerPlan;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One Corefile at work: its plugins, and the pipelines made of them. A reload makes the next one
/// beside it and then puts that in its place.
/// Lifecycle: [#start], answering, [#drain], [#close].
final class Generation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Generation.class);

    private final GenerationParts own;
    private final Probes probes;
    private final InFlight inFlight = new InFlight();
    private final Map<ListenerPlan, Serving> servings = new LinkedHashMap<>();

    /// Starts the plugins of a plan; what goes wrong they throw, and nothing of them is left.
    /// @param feeds     what they read of the cluster; closed with this generation
    /// @param addresses where it will be asked
    static Generation start(
            ServerPlan plan, ProcessParts process, FeedClaim feeds, Map<ListenerPlan, BindAddress> addresses) {
        return new Generation(new GenerationParts(
                plan,
                process,
                new PartsOfPlugins(process.kept()),
                new Pages(),
                feeds,
                LocalAddresses.of(addresses.values())));
    }

    private Generation(GenerationParts own) {
        this.own = own;
        try {
            var blocks = new BlockAssembly(own);
            own.plan().listeners().forEach(listener -> servings.put(listener, serving(listener, blocks)));
            probes = new Probes(own.plan(), own.feeds().parts(), own.pages());
        } catch (RuntimeException failure) {
            own.parts().close();
            throw failure;
        }
    }

    private Serving serving(ListenerPlan listener, BlockAssembly blocks) {
        return new Serving(ListenerSetup.of(listener, own.process().limits()), pipeline(listener, blocks));
    }

    private QueryPipeline pipeline(ListenerPlan listener, BlockAssembly blocks) {
        var served = listener.zones().stream()
                .map(zone -> new QueryPipeline.Served(listener.server(), zone.zone(), blocks.block(zone.block())))
                .toList();
        var process = own.process();
        return new QueryPipeline(
                served,
                blocks.elsewhere(listener.server()),
                ClientView.EVERYTHING,
                process.defects(),
                inFlight,
                process.nanoTime());
    }

    ServerPlan plan() {
        return own.plan();
    }

    Pages pages() {
        return own.pages();
    }

    Probes probes() {
        return probes;
    }

    /// What is done at each listener of the plan.
    Map<ListenerPlan, Serving> servings() {
        return servings;
    }

    /// Waits until everything that it was asked is answered. No listener asks it any more.
    /// @param max past it the rest is given up
    void drain(Duration max) {
        try {
            own.process().loops().awaitTurn(max);
            inFlight.drained().get(max.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            LOG.warn("{} queries were not answered within {} ms and are dropped", inFlight.count(), max.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException("waiting for answers cannot fail", impossible);
        }
    }

    /// Ends its plugins and leaves the claim to the caller: for one that could not be brought to work.
    void abandon() {
        own.parts().close();
    }

    /// Ends its plugins, and the sources that nobody else reads.
    @Override
    public void close() {
        own.parts().close();
        own.feeds().close();
    }
}
