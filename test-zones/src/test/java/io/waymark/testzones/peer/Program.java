package io.waymark.testzones.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/// One process, its output in a log file. Lifecycle: [#start], running, [#close] (or the end of
/// this JVM), which asks it to terminate and, if it has not after 10 s, kills it by its id.
public final class Program implements AutoCloseable {
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Program::endAll));
    }

    private final String name;
    private final Process process;
    private final Path log;

    private Program(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    private static void endAll() {
        RUNNING.forEach(Process::destroyForcibly);
        RUNNING.forEach(process ->
                process.onExit().completeOnTimeout(process, 5, TimeUnit.SECONDS).join());
        ScratchFolder.deleteAll();
    }

    /// Starts `command` in the folder of `log`, with `environment` added to ours. Standard output
    /// and standard error are appended to `log`; standard input is empty.
    public static Program start(String name, Path log, Map<String, String> environment, List<String> command) {
        var builder = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().getParent().toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            RUNNING.add(process);
            var unused = process.onExit().thenAccept(RUNNING::remove);
            return new Program(name, process, log);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " cannot be started as " + command, e);
        }
    }

    /// What `command` prints, both streams together. Fails if it takes longer than `limit`.
    public static String output(Duration limit, List<String> command) {
        try {
            var log = Files.createTempFile("waymark-output", ".txt");
            try (var program = start(command.getFirst(), log, Map.of(), command)) {
                program.exitCode(limit);
                return program.log();
            } finally {
                Files.delete(log);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no place for the output of " + command, e);
        }
    }

    /// A TCP and UDP port of 127.0.0.1 that was free a moment ago.
    public static int freePort() {
        return freePorts(1).getFirst();
    }

    /// So many of them, each another one.
    public static List<Integer> freePorts(int count) {
        return FreePorts.of(count);
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /// Asks it to terminate (SIGTERM) and returns at once.
    public void terminate() {
        process.destroy();
    }

    /// Sends it a signal by name, such as `STOP`.
    public void signal(String signal) {
        output(GRACE, List.of("kill", "-" + signal, Long.toString(pid())));
    }

    /// Waits for its end; 128 + n if signal n ended it.
    public int exitCode(Duration limit) {
        try {
            if (!process.waitFor(limit.toNanos(), TimeUnit.NANOSECONDS)) {
                throw new AssertionError(name + " still runs after " + limit.toSeconds() + " s:\n" + logEnd());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + name + " was to end", e);
        }
    }

    /// All that it wrote.
    public String log() {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException("the log of " + name + " cannot be read", e);
        }
    }

    /// Its last lines, for a message.
    public String logEnd() {
        var lines = log().lines().toList();
        return "--- the last lines of " + name + "\n"
                + String.join("\n", lines.subList(Math.max(0, lines.size() - 30), lines.size())) + "\n---";
    }

    /// Resident memory in octets, from `/proc`.
    public long residentOctets() {
        return field("status", "VmRSS:") * 1024;
    }

    /// The same with pages that others share counted in part (PSS), in octets.
    public long proportionalOctets() {
        return field("smaps_rollup", "Pss:") * 1024;
    }

    private long field(String file, String field) {
        try (var lines = Files.lines(Path.of("/proc/" + pid() + "/" + file))) {
            return lines.filter(line -> line.startsWith(field))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no status; " + logEnd(), e);
        }
    }

    /// Processor time used so far, user and system, in nanoseconds.
    public long cpuNanos() {
        return cpuTicks(2) * 10_000_000L;
    }

    /// The same with that of the programs that it ran to their ends.
    public long cpuNanosWithChildren() {
        return cpuTicks(4) * 10_000_000L;
    }

    private long cpuTicks(int fieldsCounted) {
        try {
            var stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Arrays.stream(fields, 11, 11 + fieldsCounted)
                    .mapToLong(Long::parseLong)
                    .sum();
        } catch (IOException e) {
            throw new UncheckedIOException(name + " has no status; " + logEnd(), e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(GRACE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(GRACE.toSeconds(), TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
