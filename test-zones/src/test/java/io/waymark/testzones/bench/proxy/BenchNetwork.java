package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.peer.NetworkNamespace;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The network namespace that the bench itself runs in, which `./bench` made.
final class BenchNetwork {
    /// Our end of the way to a node.
    static final String GATEWAY = "198.18.1.1";

    private static final Duration LIMIT = Duration.ofSeconds(10);

    private BenchNetwork() {}

    /// Gives it the API server's address. Fails where it is not one of our own: the bench would change
    /// the network of this machine.
    static void prepare() {
        if (!isEmpty()) {
            throw new IllegalStateException("not in a network namespace of its own; start it by ./bench proxy");
        }
        ip("link", "set", "lo", "up");
        ip("address", "add", BenchNode.API_ADDRESS + "/32", "dev", "lo");
    }

    private static boolean isEmpty() {
        try {
            return Files.readAllLines(Path.of("/proc/net/dev")).stream()
                    .noneMatch(line -> line.contains(":") && !line.strip().startsWith("lo:"));
        } catch (IOException e) {
            throw new UncheckedIOException("the devices of this network cannot be read", e);
        }
    }

    /// Joins a node by a veth pair, `eth0` at its end.
    static void join(String device, NetworkNamespace node) {
        ip("link", "add", device, "type", "veth", "peer", "name", "eth0", "netns", node.name());
        ip("address", "add", GATEWAY + "/30", "dev", device);
        ip("link", "set", device, "up");
        node.shell("ip address add " + BenchNode.ADDRESS + "/30 dev eth0; ip link set eth0 up");
    }

    /// Takes the way to a node away at once; by itself it would go some time after the node.
    static void part(String device) {
        ip("link", "delete", device);
    }

    private static void ip(String... words) {
        var command = new ArrayList<>(List.of(Peers.require("ip").toString()));
        command.addAll(List.of(words));
        var said = Program.output(LIMIT, command);
        if (!said.isEmpty()) {
            throw new IllegalStateException(command + " said: " + said);
        }
    }
}
