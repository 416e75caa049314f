package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// What the JVM knows of itself, under the names of Prometheus' Java client: what stands in the place of
/// CoreDNS' `go_…`. The JVM's beans are not loaded before the first scrape.
final class JvmReadings {
    private static final double[] NO_BOUNDS = {};

    private JvmReadings() {}

    static void register(Metrics metrics) {
        var area = List.of("area");
        metrics.collect(
                MetricKind.GAUGE, "jvm_memory_used_bytes", "Memory in use.", area, () -> memory(MemoryUsage::getUsed));
        metrics.collect(
                MetricKind.GAUGE,
                "jvm_memory_committed_bytes",
                "Memory taken from the system.",
                area,
                () -> memory(MemoryUsage::getCommitted));
        metrics.collect(
                MetricKind.GAUGE,
                "jvm_memory_max_bytes",
                "Memory that may be taken; -1 without a limit.",
                area,
                () -> memory(MemoryUsage::getMax));
        metrics.collect(
                MetricKind.SUMMARY,
                "jvm_gc_collection_seconds",
                "How long collections of garbage took, in seconds.",
                List.of("gc"),
                JvmReadings::collections);
        metrics.collect(
                MetricKind.GAUGE,
                "jvm_buffer_pool_used_bytes",
                "Memory of buffers outside of the heap.",
                List.of("pool"),
                JvmReadings::buffers);
        metrics.collect(MetricKind.GAUGE, "jvm_threads_current", "Threads of the system that are alive.", () ->
                (double) ManagementFactory.getThreadMXBean().getThreadCount());
        metrics.collect(MetricKind.GAUGE, "jvm_classes_currently_loaded", "Classes that are loaded.", () ->
                (double) ManagementFactory.getClassLoadingMXBean().getLoadedClassCount());
        metrics.collect(
                MetricKind.GAUGE,
                "jvm_runtime_info",
                "1, with the version and the vendor of the JVM.",
                List.of("runtime", "vendor", "version"),
                () -> List.of(new Reading.Value(
                        List.of(
                                System.getProperty("java.runtime.name", ""),
                                System.getProperty("java.vm.vendor", ""),
                                System.getProperty("java.runtime.version", "")),
                        1)));
    }

    private static List<Reading> memory(ToDoubleFunction<MemoryUsage> part) {
        var memory = ManagementFactory.getMemoryMXBean();
        return List.of(
                new Reading.Value(List.of("heap"), part.applyAsDouble(memory.getHeapMemoryUsage())),
                new Reading.Value(List.of("nonheap"), part.applyAsDouble(memory.getNonHeapMemoryUsage())));
    }

    private static List<Reading> collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .<Reading>map(gc -> new Reading.Distribution(
                        List.of(gc.getName()),
                        NO_BOUNDS,
                        new long[] {gc.getCollectionCount()},
                        gc.getCollectionTime() / 1e3))
                .toList();
    }

    private static List<Reading> buffers() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .<Reading>map(pool -> new Reading.Value(List.of(pool.getName()), pool.getMemoryUsed()))
                .toList();
    }
}
