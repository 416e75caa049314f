package io.waymark.source.kubernetes;

import io.waymark.source.Freshness;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// How far each kind can be trusted. Logs when one is lost and when it is back, and nothing of the
/// attempts in between. Safe for several threads.
final class FreshnessLedger {
    private final Map<ResourceKind, Entry> entries = new EnumMap<>(ResourceKind.class);
    private final InstantSource clock;
    private final SourceLog log;
    private final String server;
    private boolean synced;

    private static final class Entry {
        private Instant contact = Instant.EPOCH;
        private Instant lostAt = Instant.EPOCH;
        private String trouble = "";
    }

    FreshnessLedger(Set<ResourceKind> kinds, InstantSource clock, SourceLog log, String server) {
        this.clock = clock;
        this.log = log;
        this.server = server;
        kinds.forEach(kind -> entries.put(kind, new Entry()));
    }

    /// The state of a kind is the server's as of now.
    synchronized void contact(ResourceKind kind) {
        entry(kind).contact = clock.instant();
    }

    synchronized void synced() {
        synced = true;
    }

    /// A kind cannot be read. Only the first call until [#regained] is logged.
    synchronized void lost(ResourceKind kind, String why) {
        var entry = entry(kind);
        if (entry.trouble.isEmpty()) {
            entry.lostAt = clock.instant();
            log.warn("lost " + kind.plural() + " of " + server + ": " + why + "; "
                    + (synced ? "what is known is served on" : "nothing is known yet") + ", and it is tried again");
        }
        entry.trouble = why;
    }

    /// A kind is watched (again).
    synchronized void regained(ResourceKind kind) {
        var entry = entry(kind);
        if (!entry.trouble.isEmpty()) {
            entry.trouble = "";
            log.info(kind.plural() + " of " + server + " are back after "
                    + Duration.between(entry.lostAt, clock.instant()).toSeconds() + " s");
        }
    }

    /// The last contact is that of the kind that was silent longest.
    synchronized Freshness freshness() {
        var contact = entries.values().stream()
                .map(entry -> entry.contact)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        var trouble = entries.entrySet().stream()
                .filter(entry -> !entry.getValue().trouble.isEmpty())
                .map(entry -> entry.getKey().plural() + ": " + entry.getValue().trouble)
                .collect(Collectors.joining("; "));
        var contacts = entries.entrySet().stream()
                .collect(Collectors.toMap(entry -> entry.getKey().resource(), entry -> entry.getValue().contact));
        return new Freshness(synced, contact, trouble, contacts);
    }

    private Entry entry(ResourceKind kind) {
        return entries.computeIfAbsent(kind, added -> new Entry());
    }
}
