package io.waymark.dns.pipeline.respond;

import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Our own mistakes, caught once at the outermost frame of a query: counted, and logged with the
/// octets that led to them. At most one a second is logged, so that a packet which hits a defect
/// cannot fill a disk. Any thread may note one.
public final class Defects {
    private static final Logger LOG = LoggerFactory.getLogger(Defects.class);
    private static final long QUIET_NANOS = 1_000_000_000L;
    private static final int EVIDENCE_OCTETS_MAX = 512;

    private final LongSupplier nanoTime;
    private final AtomicLong count = new AtomicLong();
    private final AtomicLong loggedAt;

    public Defects(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.loggedAt = new AtomicLong(nanoTime.getAsLong() - QUIET_NANOS);
    }

    /// How many there were since the start.
    public long count() {
        return count.get();
    }

    public void note(Throwable defect, byte[] octets, int offset, int length) {
        long number = count.incrementAndGet();
        long now = nanoTime.getAsLong();
        long last = loggedAt.get();
        if (now - last >= QUIET_NANOS && loggedAt.compareAndSet(last, now)) {
            int shown = Math.min(length, EVIDENCE_OCTETS_MAX);
            LOG.error(
                    "a defect of Waymark, number {} since the start: this query got SERVFAIL and the server goes on;"
                            + " please report it with the query's octets: {}",
                    number,
                    HexFormat.of().formatHex(octets, offset, offset + shown),
                    defect);
        }
    }
}
