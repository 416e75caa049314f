package io.waymark.testzones.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A DNS server as its users run it: CoreDNS or `./waymark dns`, with a Corefile. A Corefile for it
/// has `ready 127.0.0.1:{$READY}`, where READY and what else `{$…}` names come from `environment`.
///
/// Lifecycle: [#coreDns] or [#waymark], [#awaitReady], [#close].
public final class DnsProcess implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(60);

    private final Program program;
    private final URI ready;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    private DnsProcess(Program program, int readyPort) {
        this.program = program;
        this.ready = URI.create("http://127.0.0.1:" + readyPort + "/ready");
    }

    /// Starts CoreDNS.
    public static DnsProcess coreDns(Path folder, String corefile, Map<String, String> environment) {
        var file = write(folder.resolve("coredns.Corefile"), corefile);
        return start(
                "coredns", folder, environment, List.of(Peers.require("coredns").toString(), "-conf", file));
    }

    /// Starts `./waymark dns` at the root of this repository, with `arguments` behind.
    public static DnsProcess waymark(
            Path folder, String corefile, Map<String, String> environment, List<String> arguments) {
        var file = write(folder.resolve("waymark.Corefile"), corefile);
        var command = new ArrayList<>(List.of(Peers.root().resolve("waymark").toString(), "dns", "-conf", file));
        command.addAll(arguments);
        return start("waymark", folder, environment, command);
    }

    private static DnsProcess start(String name, Path folder, Map<String, String> environment, List<String> command) {
        var program = Program.start(name, folder.resolve(name + ".log"), environment, command);
        return new DnsProcess(program, Integer.parseInt(environment.get("READY")));
    }

    private static String write(Path file, String text) {
        try {
            return Files.writeString(file, text).toString();
        } catch (IOException e) {
            throw new UncheckedIOException("no Corefile at " + file, e);
        }
    }

    /// The process itself.
    public Program program() {
        return program;
    }

    /// Whether `/ready` answers 200.
    public boolean isReady() {
        var request =
                HttpRequest.newBuilder(ready).timeout(Duration.ofSeconds(1)).build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /// Returns this once `/ready` answers 200; fails with the log if it ends or takes too long.
    public DnsProcess awaitReady() {
        Await.until(
                "/ready answers 200",
                READY_LIMIT,
                () -> {
                    if (!program.isRunning()) {
                        throw new AssertionError("it has ended before it was ready. " + program.logEnd());
                    }
                    return isReady();
                },
                program::logEnd);
        return this;
    }

    @Override
    public void close() {
        client.close();
        program.close();
    }
}
