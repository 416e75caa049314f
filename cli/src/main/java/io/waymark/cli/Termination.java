package io.waymark.cli;

import java.util.concurrent.CountDownLatch;

/// The end of a process that serves until it is told to stop.
///
/// A JVM that a signal ends says 128 and the signal's number, whatever its shutdown hooks do, and a
/// supervisor takes 143 for a failure. So the hook, when all is closed, ends the process itself, by
/// `halt`, which asks no further hooks: ours is the only one. A signal that comes before there is
/// anything to close ends the process at once, and with 0 too.
///
/// Lifecycle: [#arm] before the start, then [#await]; [#disarm] if the start fails.
final class Termination {
    private final Thread hook = Thread.ofPlatform().name("termination").unstarted(this::end);
    private final Signals signals = Signals.take();
    private volatile Runnable closing = () -> {};
    private volatile int code = ExitCode.OK;

    private Termination() {}

    /// From now on SIGTERM and SIGINT end the process with 0, or with 70 if closing fails; others do what
    /// [Signals] says.
    static Termination arm() {
        var termination = new Termination();
        Runtime.getRuntime().addShutdownHook(termination.hook);
        return termination;
    }

    /// What SIGUSR1 does from now on; see [Signals#onReload].
    void onReload(Runnable reload) {
        signals.onReload(reload);
    }

    /// Ends the process as a signal does, but with another code. Does not return.
    void end(int otherCode) {
        code = otherCode;
        System.exit(otherCode);
    }

    /// Waits for the signal, which runs `closing` first. Does not return. Fails when the thread is interrupted,
    /// after `closing` too: so ends a command that does not have the process to itself.
    void await(Runnable closing) throws InterruptedException {
        this.closing = closing;
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException stopped) {
            closing.run();
            throw stopped;
        }
    }

    /// Leaves the exit code to whoever ends the process now.
    void disarm() {
        signals.close();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException late) {
            // The signal was faster: the hook runs already, and it decides.
            return;
        }
    }

    private void end() {
        int last = ExitCode.DEFECT;
        try {
            closing.run();
            last = code;
        } finally {
            Runtime.getRuntime().halt(last);
        }
    }
}
