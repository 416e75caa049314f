package io.waymark.proxy.events;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was told lately, so that the same again becomes a series and not another object: the first is
/// created, the second makes a series of it, further ones are counted, and the count is told when the
/// series has ended, or every half hour while it goes on. Confined to one thread; bounded.
final class EventLedger {
    static final int ENTRIES_MAX = 4096;
    static final Duration SERIES_END = Duration.ofMinutes(6);
    static final Duration SERIES_REFRESH = Duration.ofMinutes(30);

    private final Map<ProxyEvent, Told> told = new HashMap<>();

    /// What must be written.
    /// @param name  of the object
    /// @param first when it was first seen
    /// @param count how often it was seen; one is no series, and creates the object
    /// @param last  when it was last seen
    record Entry(ProxyEvent event, String name, Instant first, int count, Instant last) {}

    private static final class Told {
        private final String name;
        private final Instant first;
        private int count = 1;
        private Instant last;
        private int toldCount = 1;
        private Instant toldAt;

        Told(String name, Instant now) {
            this.name = name;
            this.first = now;
            this.last = now;
            this.toldAt = now;
        }

        Entry write(ProxyEvent event, Instant now) {
            toldCount = count;
            toldAt = now;
            return new Entry(event, name, first, count, last);
        }
    }

    /// Notes one.
    /// @return what must be written now; nothing if it is only counted, or the ledger [#isFull]
    Optional<Entry> saw(ProxyEvent event, Instant now) {
        var known = told.get(event);
        if (known == null) {
            if (isFull()) {
                return Optional.empty();
            }
            known = new Told(name(event, now), now);
            told.put(event, known);
            return Optional.of(known.write(event, now));
        }
        known.count++;
        known.last = now;
        return known.count == 2 ? Optional.of(known.write(event, now)) : Optional.empty();
    }

    /// Whether an event that is not known would be lost.
    boolean isFull() {
        return told.size() >= ENTRIES_MAX;
    }

    /// As client-go names it: the object, and the time in nanoseconds.
    private static String name(ProxyEvent event, Instant now) {
        long nanos = now.getEpochSecond() * 1_000_000_000L + now.getNano();
        return event.subject().name() + "." + Long.toHexString(nanos);
    }

    /// What must be written of series that go on or have ended; those that have ended are forgotten.
    List<Entry> due(Instant now) {
        var due = new ArrayList<Entry>();
        told.entrySet().removeIf(entry -> {
            var known = entry.getValue();
            boolean ended = known.last.plus(SERIES_END).isBefore(now);
            boolean stale = known.count > 1 && known.toldAt.plus(SERIES_REFRESH).isBefore(now);
            if (known.toldCount < known.count && ended || stale) {
                due.add(known.write(entry.getKey(), now));
            }
            return ended;
        });
        return due;
    }
}
