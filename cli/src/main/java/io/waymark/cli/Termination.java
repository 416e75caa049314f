package io.waymark.cli;

import java.util.concurrent.CountDownLatch;

/// The end of a process that serves until it is told to stop.
///
/// A JVM that a signal ends says 128 and the signal's number, whatever its shutdown hooks do, and a
/// supervisor takes 143 for a failure. So the hook, when all is closed, ends the process itself, by
/// `halt`, which asks no further hooks: ours is the only one.
final class Termination {
    private Termination() {}

    /// Waits for SIGTERM or SIGINT, which close `serving` and end the process with 0; with 70 if
    /// closing fails. Does not return.
    static void await(Closing serving) throws InterruptedException {
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().name("termination").unstarted(() -> end(serving)));
        new CountDownLatch(1).await();
    }

    private static void end(Closing serving) {
        int code = ExitCode.DEFECT;
        try {
            serving.close();
            code = ExitCode.OK;
        } finally {
            Runtime.getRuntime().halt(code);
        }
    }

    /// What is closed at the end.
    @FunctionalInterface
    interface Closing {
        void close();
    }
}
