package io.waymark.testzones.packets;

import io.waymark.testzones.bench.CompiledTool;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.NetworkNamespace;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;

/// The ways from network namespaces to an API server on this host's loopback: there it is at the same port, so
/// that one kubeconfig serves everywhere. Lifecycle: made, [#open] for each namespace, [#close].
final class ApiWay implements AutoCloseable {
    private final ControlPlane plane;
    private final Path socket;
    private final Path log;
    private final Deque<Program> relays = new ArrayDeque<>();

    ApiWay(ControlPlane plane) {
        this.plane = plane;
        this.socket = plane.folder().resolve("api.socket");
        this.log = plane.folder().resolve("relay.log");
        relays.push(Program.start("relay", log, Map.of(), List.of(relay(), socket.toString(), port())));
    }

    /// Opens one. It ends when the namespace's relay does, at the latest with this.
    Program open(NetworkNamespace namespace) {
        var command = namespace.command(List.of(relay(), port(), socket.toString()));
        var relay = Program.start("relay", log, Map.of(), command);
        relays.push(relay);
        return relay;
    }

    private String port() {
        return "tcp:" + plane.port();
    }

    private static String relay() {
        return CompiledTool.of("relay").binary().toString();
    }

    @Override
    public void close() {
        relays.forEach(Program::close);
    }
}
