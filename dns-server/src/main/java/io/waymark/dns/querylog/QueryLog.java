package io.waymark.dns.querylog;

import java.io.PrintStream;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// Lines on their way to the standard output. Whoever logs hands over a line that is not written
/// yet and goes on; one thread of ours forms and writes them. If it cannot keep up, because nobody
/// reads the output, lines are dropped, and the log itself says how many.
/// Lifecycle: [#start], [#add] from any thread, [#close].
public final class QueryLog implements AutoCloseable {
    /// Lines that wait at a time.
    public static final int LINES_MAX = 8_192;

    private static final long CLOSE_MILLIS_MAX = 1_000;

    private final PrintStream out;
    private final int linesMax;
    private final ConcurrentLinkedQueue<Supplier<String>> lines = new ConcurrentLinkedQueue<>();
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong dropped = new AtomicLong();
    private final Thread writer;
    private volatile boolean closed;

    private QueryLog(PrintStream out, int linesMax) {
        this.out = out;
        this.linesMax = linesMax;
        this.writer = new Thread(this::run, "query-log");
        writer.setDaemon(true);
    }

    /// Starts the writer.
    /// @param out flushed whenever no line waits
    public static QueryLog start(PrintStream out, int linesMax) {
        var log = new QueryLog(out, linesMax);
        log.writer.start();
        return log;
    }

    /// Takes a line, or drops it if too many wait. Never blocks.
    /// @param line called once, on the writer's thread
    public void add(Supplier<String> line) {
        if (waiting.incrementAndGet() > linesMax) {
            waiting.decrementAndGet();
            dropped.incrementAndGet();
            return;
        }
        lines.add(line);
        LockSupport.unpark(writer);
    }

    /// How many lines were dropped since the start.
    public long dropped() {
        return dropped.get();
    }

    private void run() {
        long told = 0;
        while (!closed || !lines.isEmpty()) {
            var line = lines.poll();
            if (line != null) {
                waiting.decrementAndGet();
                out.println(line.get());
                continue;
            }
            told = tellDropped(told);
            out.flush();
            if (!closed) {
                LockSupport.park(this);
            }
        }
        tellDropped(told);
        out.flush();
    }

    /// Says how many lines were dropped since `told` of them were; returns how many that makes.
    private long tellDropped(long told) {
        long now = dropped.get();
        if (now > told) {
            out.println("[WARNING] plugin/log: " + (now - told) + " lines were dropped: the output is read too slowly");
        }
        return now;
    }

    /// Writes what waits, for a second at most.
    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(writer);
        try {
            writer.join(CLOSE_MILLIS_MAX);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
