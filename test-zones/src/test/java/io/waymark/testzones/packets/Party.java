package io.waymark.testzones.packets;

import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.peer.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Who answers and asks in one network namespace: the program `flows.c`. Any thread may ask, and any number of
/// questions be on their way. Lifecycle: [#start], asked, [#close].
final class Party implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Process process;
    private final AtomicLong number = new AtomicLong();
    private final Map<Long, CompletableFuture<String>> waiting = new ConcurrentHashMap<>();

    private Party(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> listen(process.inputReader(StandardCharsets.US_ASCII)));
    }

    /// Starts it; it answers with `name` at the ports.
    static Party start(NetworkNamespace namespace, String name, int... ports) {
        var command = new ArrayList<>(List.of(CompiledTool.of("flows").binary().toString(), name));
        for (int port : ports) {
            command.add(Integer.toString(port));
        }
        try {
            return new Party(new ProcessBuilder(namespace.command(command))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException("no party " + name, e);
        }
    }

    private void listen(BufferedReader answers) {
        try (answers) {
            for (var line = answers.readLine(); line != null; line = answers.readLine()) {
                int space = line.indexOf(' ');
                if (space > 0) {
                    var asked = waiting.remove(Long.parseLong(line.substring(0, space)));
                    if (asked != null) {
                        asked.complete(line.substring(space + 1));
                    }
                }
            }
        } catch (IOException ended) {
            waiting.values().forEach(asked -> asked.completeExceptionally(ended));
        }
    }

    /// Who answers, and which address it saw; or why nobody does: see `flows.c`.
    /// @param source an address of the party, or `-`
    CompletableFuture<String> ask(String protocol, String source, String address, int port, Duration patience) {
        return send("ask " + protocol + " " + source + " " + address + " " + port + " " + patience.toMillis())
                .answer();
    }

    /// A TCP connection that stays.
    Held hold(String address, int port, Duration patience) {
        return send("hold " + address + " " + port + " " + patience.toMillis());
    }

    /// A UDP socket that stays connected.
    Held keep(String address, int port, Duration patience) {
        return send("keep " + address + " " + port + " " + patience.toMillis());
    }

    /// Connections one after the other for so long: who answered how often.
    CompletableFuture<String> churn(String address, int port, Duration time) {
        return send("churn " + address + " " + port + " " + time.toMillis()).answer();
    }

    /// A connection, and what was answered on it at first.
    record Held(long id, CompletableFuture<String> answer) {}

    /// Who answers on a connection that stayed.
    CompletableFuture<String> again(Held held, Duration patience) {
        return send("again " + held.id + " " + patience.toMillis()).answer();
    }

    private synchronized Held send(String command) {
        long id = number.incrementAndGet();
        var answer = new CompletableFuture<String>().orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS);
        waiting.put(id, answer);
        try {
            process.getOutputStream().write((id + " " + command + "\n").getBytes(StandardCharsets.US_ASCII));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the party has ended", e);
        }
        return new Held(id, answer);
    }

    @Override
    public void close() {
        process.destroy();
    }
}
