package io.waymark.dns.reload;

import io.waymark.dns.listen.ListenException;
import io.waymark.dns.metrics.GaugeFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.source.SourceException;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Has a Corefile served that has changed, or when it is told to. One that cannot be served is logged once, with all
/// its problems,
/// and counted; the one before it is served on. Any thread, one look at a time.
public final class Reloader {
    private static final Logger LOG = LoggerFactory.getLogger(Reloader.class);
    private static final String HASH = "sha512";

    private final CorefileOrigin origin;
    private final Consumer<ServerPlan> server;
    private final LongAdder failed;
    private final GaugeFamily version;
    private String seen;
    private String served;

    /// @param server serves another plan, or throws and goes on as before
    public Reloader(CorefileOrigin origin, Metrics metrics, Consumer<ServerPlan> server) {
        this.origin = origin;
        this.server = server;
        this.seen = origin.sha512();
        this.served = origin.sha512();
        failed = metrics.counter(
                        "coredns_reload_failed_total", "Reloads that failed; the Corefile before is served on.")
                .with();
        version = metrics.gauge(
                "coredns_reload_version_info", "The hash of the Corefile that is served; always 1.", "hash", "value");
    }

    /// Looks whether the Corefile has changed since the last look. Returns when it is served, or
    /// will not be.
    public synchronized void check() {
        var now = origin.again().get();
        if (!now.sha512().equals(seen)) {
            seen = now.sha512();
            reload(now.sha512(), now.read());
        }
        version.set(() -> 1, HASH, served);
    }

    /// Has the Corefile served as it is now, changed or not: what it needs of the world may have. Returns as
    /// [#check].
    public synchronized void reload() {
        LOG.info("Reloading");
        var now = origin.again().get();
        seen = now.sha512();
        reload(now.sha512(), now.read());
        version.set(() -> 1, HASH, served);
    }

    private void reload(String sha512, PlanRead read) {
        switch (read) {
            case PlanRead.Planned(var plan) -> {
                plan.warnings().forEach(warning -> LOG.warn("{}", warning));
                if (serve(plan)) {
                    version.remove(HASH, served);
                    served = sha512;
                    LOG.info("Reloading complete; the Corefile that is served now has the SHA512 {}", sha512);
                }
            }
            case PlanRead.Failed(var problems, var warnings) ->
                refuse(problems.stream().map(Object::toString).collect(Collectors.joining("\n")));
        }
    }

    private boolean serve(ServerPlan plan) {
        try {
            server.accept(plan);
            return true;
        } catch (ListenException | SourceException | ForwardStartException | PluginStartException refused) {
            refuse(String.valueOf(refused.getMessage()));
        } catch (RuntimeException defect) {
            LOG.error("a defect of Waymark while a changed Corefile was to be served, please report it", defect);
            refuse(defect.toString());
        }
        return false;
    }

    private void refuse(String why) {
        failed.increment();
        LOG.error("the Corefile cannot be served as it is now; the one before is served on:\n{}", why);
    }
}
