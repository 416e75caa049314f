package io.waymark.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/// What signals do to a process that serves: what they do to CoreDNS, as far as the JVM lets us. The one class
/// that knows `sun.misc.Signal`.
///
/// | signal | does |
/// |---|---|
/// | SIGTERM, SIGINT | ends the process in order; a second SIGINT ends it at once, with 2 |
/// | SIGHUP | nothing: whoever sends it mostly means somebody else |
/// | SIGUSR1 | reloads |
/// | SIGQUIT | a dump of all threads: the JVM keeps it for itself |
/// | SIGUSR2 | nothing: the JVM uses it within and drops what comes from outside |
///
/// A signal that the parent process has ignored stays ignored. Each runs on a thread of its own.
/// Lifecycle: [#take], then [#close], after which all is as before.
final class Signals implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);
    /// One that works and one that waits for it; a third would see nothing that the second does not.
    private static final int RELOADS_MAX = 2;

    private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
    private final AtomicInteger interrupts = new AtomicInteger();
    private final Semaphore reloads = new Semaphore(RELOADS_MAX);
    private volatile Runnable reload = () -> LOG.warn("SIGUSR1: nothing is served yet");

    private Signals() {}

    static Signals take() {
        var signals = new Signals();
        signals.handle("HUP", signal -> {});
        signals.handle("USR1", signal -> signals.reload());
        signals.handle("INT", signal -> signals.interrupted());
        signals.handle("TERM", signal -> {
            LOG.info("SIGTERM: Shutting down servers then terminating");
            System.exit(ExitCode.OK);
        });
        return signals;
    }

    private void handle(String name, SignalHandler handler) {
        var signal = new Signal(name);
        before.put(signal, Signal.handle(signal, handler));
    }

    /// What SIGUSR1 does from now on: on any thread, one call at a time. It may block, and throws nothing.
    void onReload(Runnable work) {
        reload = work;
    }

    private void reload() {
        if (!reloads.tryAcquire()) {
            return;
        }
        try {
            synchronized (this) {
                LOG.info("SIGUSR1: Reloading");
                reload.run();
            }
        } finally {
            reloads.release();
        }
    }

    private void interrupted() {
        if (interrupts.getAndIncrement() > 0) {
            LOG.info("SIGINT: Force quit");
            Runtime.getRuntime().halt(ExitCode.FORCED);
        }
        LOG.info("SIGINT: Shutting down");
        System.exit(ExitCode.OK);
    }

    @Override
    public void close() {
        before.forEach(Signal::handle);
        before.clear();
    }
}
