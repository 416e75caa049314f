package io.waymark.source.kubernetes.pace;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Keeps the requests of one source within its [RequestLimits]: the readers' threads wait here.
public final class RequestPace {
    private static final double NANOS_PER_SECOND = 1e9;

    private final RequestLimits limits;
    private final Semaphore underWay;
    private double saved;
    private long savedAt;

    /// A list that may go on until this is closed.
    public interface Admission extends AutoCloseable {
        @Override
        void close();
    }

    /// @param nanoTime when it begins, with a full burst in hand
    public RequestPace(RequestLimits limits, long nanoTime) {
        this.limits = limits;
        this.underWay = new Semaphore(limits.underWayMax() == 0 ? Integer.MAX_VALUE : limits.underWayMax(), true);
        this.saved = Math.max(1, limits.burst());
        this.savedAt = nanoTime;
    }

    /// Waits until one more list may be asked for.
    public Admission admitList() throws InterruptedException {
        underWay.acquire();
        try {
            admitRequest();
        } catch (InterruptedException closed) {
            underWay.release();
            throw closed;
        }
        return underWay::release;
    }

    /// Waits until one more request may be sent.
    public void admitRequest() throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(reserve(System.nanoTime()));
    }

    /// Takes the next free moment for a request.
    /// @return how far away it is, in nanoseconds, at least 0
    public synchronized long reserve(long nanoTime) {
        if (limits.perSecond() == 0) {
            return 0;
        }
        double perNano = limits.perSecond() / NANOS_PER_SECOND;
        saved = Math.min(Math.max(1, limits.burst()), saved + (nanoTime - savedAt) * perNano);
        savedAt = nanoTime;
        saved--;
        return saved >= 0 ? 0 : (long) Math.ceil(-saved / perNano);
    }
}
