package io.waymark.dns.health;

import io.waymark.dns.plugin.ready.ReadyStage.Monitor;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Whether the server is ready, and why not: 200 `OK`; or 503, the plugins that are not ready on
/// the first line, parted by commas as from CoreDNS, and then the reason of each on a line of its
/// own. Any thread may ask.
public final class Readiness {

    /// A plugin that can be unready.
    /// @param reason why it is not ready now; empty if it is
    public record Part(String plugin, Supplier<String> reason) {}

    private final List<Part> parts;
    private final Monitor monitor;
    private final Set<Part> readyOnce = ConcurrentHashMap.newKeySet();
    private volatile boolean stopping;

    public Readiness(List<Part> parts, Monitor monitor) {
        this.parts = List.copyOf(parts);
        this.monitor = monitor;
    }

    /// From now on not ready, so that no new clients are sent here.
    public void stop() {
        stopping = true;
    }

    /// As of now.
    public ProbeReply reply() {
        if (stopping) {
            return new ProbeReply(503, "the server is stopping\n");
        }
        var unready = parts.stream().filter(this::isUnready).toList();
        if (unready.isEmpty()) {
            return ProbeReply.OK;
        }
        var names = unready.stream().map(Part::plugin).distinct().collect(Collectors.joining(","));
        var reasons = unready.stream()
                .map(part -> part.plugin() + ": " + part.reason().get())
                .collect(Collectors.joining("\n"));
        return new ProbeReply(503, names + "\n" + reasons + "\n");
    }

    private boolean isUnready(Part part) {
        if (monitor == Monitor.UNTIL_READY && readyOnce.contains(part)) {
            return false;
        }
        boolean ready = part.reason().get().isEmpty();
        if (ready) {
            readyOnce.add(part);
        }
        return !ready;
    }
}
