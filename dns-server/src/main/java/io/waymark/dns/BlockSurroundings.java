package io.waymark.dns;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.http.Page;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.NamedPlugin;
import io.waymark.dns.plan.BlockPlan;
import io.waymark.dns.plan.ZoneKey;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.view.ViewStage;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the plugins of one block find.
final class BlockSurroundings implements Surroundings {
    private static final Logger LOG = LoggerFactory.getLogger(BlockSurroundings.class);

    private final BlockPlan plan;
    private final GenerationParts generation;
    private final ProcessParts process;
    private final Collection<NamedPlugin> started;

    /// @param started the plugins of the block that are started, the first in front
    BlockSurroundings(BlockPlan plan, GenerationParts generation, Collection<NamedPlugin> started) {
        this.plan = plan;
        this.generation = generation;
        this.process = generation.process();
        this.started = started;
    }

    @Override
    public List<DomainName> zones() {
        return plan.keys().stream().map(ZoneKey::zone).distinct().toList();
    }

    @Override
    public List<String> servers() {
        return generation.plan().servers(plan);
    }

    @Override
    public List<String> plugins() {
        return plan.stages().stream().map(Stage::plugin).distinct().toList();
    }

    @Override
    public String view() {
        return plan.stage(ViewStage.class).map(ViewStage::name).orElse("");
    }

    @Override
    public Object block() {
        return new BlockPlace(servers(), zones(), plan.stage(ViewStage.class).map(ViewStage::settings));
    }

    private record BlockPlace(List<String> servers, List<DomainName> zones, Optional<List<Setting>> view) {}

    @Override
    public boolean has(String plugin) {
        return plan.stages().stream().anyMatch(stage -> stage.plugin().equals(plugin));
    }

    @Override
    public <P> Optional<P> behind(Class<P> kind) {
        return allBehind(kind).stream().findFirst();
    }

    @Override
    public <P> List<P> allBehind(Class<P> kind) {
        return started.stream()
                .map(NamedPlugin::plugin)
                .filter(kind::isInstance)
                .map(kind::cast)
                .toList();
    }

    @Override
    public EventLoops loops() {
        return process.loops();
    }

    @Override
    public Metrics metrics() {
        return process.metrics();
    }

    @Override
    public QueryLog log() {
        return process.log();
    }

    @Override
    public RandomGenerator random() {
        return process.random();
    }

    @Override
    public LongSupplier nanoTime() {
        return process.nanoTime();
    }

    @Override
    public InstantSource clock() {
        return process.clock();
    }

    @Override
    public <T extends AutoCloseable> T begin(T part) {
        return generation.parts().begin(part);
    }

    @Override
    public <T> T kept(Object key, Supplier<T> make) {
        return generation.parts().kept(key, make);
    }

    @Override
    public void page(ListenAddress address, String path, Page page) {
        generation.pages().put(address, path, page);
    }

    @Override
    public void encryptPages(ListenAddress address, TlsFiles files) {
        generation.pages().encrypt(address, files);
    }

    @Override
    public void checkCorefile() {
        process.reloader().check();
    }

    @Override
    public void every(Duration period, Runnable task) {
        var vertx = process.loops().vertx();
        var running = new AtomicBoolean();
        long timer = vertx.setPeriodic(Math.max(1, period.toMillis()), tick -> {
            if (running.compareAndSet(false, true)) {
                Thread.startVirtualThread(() -> run(task, running));
            }
        });
        begin(() -> vertx.cancelTimer(timer));
    }

    private static void run(Runnable task, AtomicBoolean running) {
        try {
            task.run();
        } catch (RuntimeException defect) {
            LOG.error("a defect of Waymark in a task that is repeated; it goes on", defect);
        } finally {
            running.set(false);
        }
    }
}
