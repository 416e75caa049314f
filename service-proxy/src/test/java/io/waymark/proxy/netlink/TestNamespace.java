package io.waymark.proxy.netlink;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// A network namespace that only one thread lives in. What that thread opens belongs to it, and so do
/// the programs that it starts. It has nothing but a loopback interface, which is up.
/// Lifecycle: [#make], [#run], [#close].
public final class TestNamespace implements AutoCloseable {
    private static final int CLONE_NEWNET = 0x40000000;
    private static final long LIMIT_SECONDS = 60;

    private final ExecutorService thread =
            Executors.newSingleThreadExecutor(Thread.ofPlatform().daemon().factory());
    private final String path;

    private TestNamespace() {
        path = run(() -> {
            if (unshare() != 0) {
                return "";
            }
            program("ip", "link", "set", "lo", "up");
            return "/proc/" + ProcessHandle.current().pid() + "/task/" + threadId() + "/ns/net";
        });
    }

    /// Makes one. Skips the calling test where that is not allowed, or fails it if `CI` is `true`.
    public static TestNamespace make() {
        var made = new TestNamespace();
        if (made.path.isEmpty()) {
            made.close();
            var why = "no network namespace can be made; run the tests as root, or with"
                    + " `unshare --user --map-root-user` before the command";
            if ("true".equals(System.getenv("CI"))) {
                Assertions.fail(why);
            }
            Assumptions.abort(why);
        }
        return made;
    }

    @SuppressWarnings("restricted")
    private static int unshare() {
        try {
            var linker = Linker.nativeLinker();
            var call = linker.downcallHandle(
                    linker.defaultLookup().find("unshare").orElseThrow(),
                    FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
            return (int) call.invokeExact(CLONE_NEWNET);
        } catch (Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }

    @SuppressWarnings("restricted")
    private static int threadId() {
        try {
            var linker = Linker.nativeLinker();
            var call = linker.downcallHandle(
                    linker.defaultLookup().find("gettid").orElseThrow(), FunctionDescriptor.of(ValueLayout.JAVA_INT));
            return (int) call.invokeExact();
        } catch (Throwable cause) {
            throw new IllegalStateException(cause);
        }
    }

    /// A file that names it, as `ip link … netns` takes it.
    public String path() {
        return path;
    }

    /// Runs there, and waits for it.
    public <T> T run(Callable<T> work) {
        try {
            return start(work).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(failed.getCause());
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    /// Runs there.
    public <T> Future<T> start(Callable<T> work) {
        return thread.submit(work);
    }

    /// What a program says there that must succeed.
    public String command(String... words) {
        var result = attempt(words);
        if (result.code() != 0) {
            throw new IllegalStateException(String.join(" ", words) + " said: " + result.said());
        }
        return result.said();
    }

    /// How a program ended, and what it said.
    public record Ended(int code, String said) {}

    /// Runs a program there; called from outside of [#run].
    public Ended attempt(String... words) {
        return run(() -> program(words));
    }

    /// Waits until packets to an address find a way. The kernel makes the route of an IPv6 address a moment
    /// after it was added.
    public void awaitRoute(String address) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        Ended found;
        do {
            found = attempt("ip", "route", "get", address);
        } while (found.code() != 0 && System.nanoTime() < end);
        if (found.code() != 0) {
            throw new IllegalStateException("no route to " + address + ": " + found.said());
        }
    }

    private static Ended program(String... words) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of("/usr/bin/env", "PATH=/usr/sbin:/usr/bin:/sbin:/bin"));
        command.addAll(List.of(words));
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        var said = new String(process.getInputStream().readAllBytes());
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IllegalStateException(command + " does not end");
        }
        return new Ended(process.exitValue(), said);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
