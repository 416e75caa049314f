package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.peer.NetworkNamespace;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A node that nobody had before: a network namespace joined to ours by a veth pair. Every address of
/// the Pods' range is its own, so that one process is the client and all endpoints.
/// Lifecycle: made, used by one thread, [#close].
final class BenchNode implements AutoCloseable {
    static final String NAME = "bench-node";
    /// Ours: where the API server is.
    static final String API_ADDRESS = "198.18.0.1";
    /// As the Node object has it.
    static final String ADDRESS = "198.18.1.2";

    static final int ENDPOINT_PORT = 8080;
    private static final String WAY = "bench0";

    private final NetworkNamespace namespace;
    private final Process client;
    private final BufferedReader answers;

    BenchNode() {
        namespace = NetworkNamespace.with();
        BenchNetwork.join(WAY, namespace);
        namespace.shell("ip route add " + API_ADDRESS + " via " + BenchNetwork.GATEWAY
                + "; ip route add local " + Services.POD_RANGE + " dev lo; ip route add " + Services.SERVICE_RANGE
                + " dev eth0; echo '1024 65000' > /proc/sys/net/ipv4/ip_local_port_range");
        var tool = List.of(CompiledTool.of("connect").binary().toString(), Integer.toString(ENDPOINT_PORT));
        try {
            client = new ProcessBuilder(namespace.command(tool))
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("no client", e);
        }
        answers = client.inputReader(StandardCharsets.US_ASCII);
    }

    /// The command that runs `command` on the node.
    List<String> command(List<String> command) {
        return namespace.command(command);
    }

    /// Milliseconds until a connection to this address succeeds, for the first time.
    double untilConnects(String address, int limitMillis) {
        return await("until " + address + " 80 " + limitMillis);
    }

    /// Milliseconds until no connection to this address succeeds.
    double untilSilent(String address, int limitMillis) {
        return await("unless " + address + " 80 " + limitMillis);
    }

    private double await(String command) {
        double micros = ask(command).getOrDefault("us", -1.0);
        if (micros < 0) {
            throw new IllegalStateException("not " + command);
        }
        return micros / 1000;
    }

    /// What becomes of so many connections, each to one of the lines of a file: see `connect.c`.
    Map<String, Double> connect(java.nio.file.Path lines, int count) {
        return ask("each " + lines + " " + count);
    }

    private Map<String, Double> ask(String command) {
        try {
            client.getOutputStream().write((command + "\n").getBytes(StandardCharsets.US_ASCII));
            client.getOutputStream().flush();
            var line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("the client has ended at " + command);
            }
            var words = line.split(" ");
            var pairs = new HashMap<String, Double>();
            for (int i = 0; i + 1 < words.length; i += 2) {
                pairs.put(words[i], Double.valueOf(words[i + 1]));
            }
            return pairs;
        } catch (IOException e) {
            throw new UncheckedIOException("the client does not answer", e);
        }
    }

    @Override
    public void close() {
        client.destroy();
        BenchNetwork.part(WAY);
        namespace.close();
    }
}
