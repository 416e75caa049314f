package io.waymark.proxy.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A program of the host, by its file. Runs in the network namespace of the thread that asks.
/// @param file absolute
public record HostProgram(Path file) {
    /// Of what a program says, each of its two streams: a table of iptables at 100,000 Services.
    private static final int OCTETS_MAX = 512 << 20;

    /// Where programs are that administrators run, whatever PATH this process was given.
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/bin", "/sbin", "/bin");

    /// Looks for it on PATH, then in the system's own folders.
    public static Optional<HostProgram> find(String name) {
        var path = Optional.ofNullable(System.getenv("PATH")).orElse("").split(":");
        return Stream.concat(Stream.of(path), FOLDERS.stream())
                .filter(folder -> folder.startsWith("/"))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst()
                .map(HostProgram::new);
    }

    /// How it ended.
    /// @param code    0 is success
    /// @param said    on its standard output
    /// @param problem what it said on its other output
    public record Ended(int code, String said, String problem) {}

    /// Runs it and waits for its end.
    /// @param input for its standard input
    /// @param limit after which it is ended
    /// @throws IOException if it cannot be started, took longer, or said too much
    public Ended run(List<String> arguments, String input, Duration limit) throws IOException, InterruptedException {
        var command = new ArrayList<>(List.of(file.toString()));
        command.addAll(arguments);
        var process = new ProcessBuilder(command).start();
        try {
            var said = CompletableFuture.supplyAsync(() -> read(process.getInputStream()), HostProgram::start);
            var problem = CompletableFuture.supplyAsync(() -> read(process.getErrorStream()), HostProgram::start);
            HostProgram.start(() -> write(process, input));
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IOException(file + " did not end within " + limit.toSeconds() + " s");
            }
            return new Ended(process.exitValue(), said.join(), problem.join());
        } finally {
            process.destroyForcibly();
        }
    }

    private static void start(Runnable work) {
        Thread.ofVirtual().name("program").start(work);
    }

    private static void write(Process process, String input) {
        try (var stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException ended) {
            // It ended without reading all: its exit code says why.
            process.destroy();
        }
    }

    private static String read(InputStream stream) {
        try (stream) {
            var octets = stream.readNBytes(OCTETS_MAX);
            return new String(octets, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
