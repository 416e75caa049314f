package io.waymark.testzones.peer;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A network namespace of its own (network_namespaces(7)), in which each port of each address is free. Its one
/// interface is the loopback one. Lifecycle: [#with], programs that are started with [#command], [#close].
public final class NetworkNamespace implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final AtomicInteger MADE = new AtomicInteger();

    private final String name;

    private NetworkNamespace(String name) {
        this.name = name;
    }

    /// Makes one with these addresses, such as `169.254.20.10`. Skips the calling test where that is not allowed.
    public static NetworkNamespace with(String... addresses) {
        var namespace =
                new NetworkNamespace("waymark-" + ProcessHandle.current().pid() + "-" + MADE.incrementAndGet());
        var said = run("netns", "add", namespace.name);
        if (!said.isEmpty()) {
            Peers.unavailable("no network namespace can be made: " + said.strip() + "; run it as root");
        }
        for (var address : addresses) {
            run("-n", namespace.name, "address", "add", address + "/32", "dev", "lo");
        }
        run("-n", namespace.name, "link", "set", "lo", "up");
        return namespace;
    }

    /// Its name, as `ip link … netns` takes it.
    public String name() {
        return name;
    }

    /// Runs a shell's commands in it, each of which must succeed.
    public void shell(String commands) {
        var said = Program.output(LIMIT, command(List.of("sh", "-ec", commands + "\necho done")));
        if (!said.endsWith("done\n")) {
            throw new IllegalStateException(commands + " said: " + said);
        }
    }

    /// The command that runs `command` in it.
    public List<String> command(List<String> command) {
        var whole = new ArrayList<>(List.of(ip(), "netns", "exec", name));
        whole.addAll(command);
        return whole;
    }

    private static String run(String... words) {
        var command = new ArrayList<>(List.of(ip()));
        command.addAll(List.of(words));
        return Program.output(LIMIT, command);
    }

    private static String ip() {
        return Peers.require("ip").toString();
    }

    @Override
    public void close() {
        run("netns", "delete", name);
    }
}
