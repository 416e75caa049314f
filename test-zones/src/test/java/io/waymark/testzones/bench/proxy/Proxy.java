package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// The two contestants.
enum Proxy {
    KUBE_PROXY,
    WAYMARK;

    /// Starts it on a node, with the same flags.
    /// @param folder of its log, and of what it needs on `PATH`
    Program start(BenchNode node, Mode mode, Path kubeconfig, Path folder) {
        var command = new ArrayList<>(program());
        command.addAll(List.of(
                "--kubeconfig=" + kubeconfig,
                "--hostname-override=" + BenchNode.NAME,
                "--proxy-mode=" + mode.proxyMode(),
                "--cluster-cidr=" + Services.POD_RANGE,
                "--conntrack-max-per-core=0"));
        var name = name().toLowerCase(java.util.Locale.ROOT);
        return Program.start(name, folder.resolve(name + ".log"), mode.environment(folder), node.command(command));
    }

    private List<String> program() {
        return switch (this) {
            case KUBE_PROXY -> List.of(Peers.require("kube-proxy").toString());
            case WAYMARK -> List.of(waymark(), "proxy");
        };
    }

    private static String waymark() {
        return Peers.root().resolve("waymark").toString();
    }

    /// What it says its version is.
    String version() {
        var program = this == WAYMARK ? waymark() : program().getFirst();
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-') + " "
                + Program.output(Duration.ofMinutes(5), List.of(program, "--version"))
                        .lines()
                        .findFirst()
                        .orElse("unknown")
                        .replaceFirst("(?i)(kubernetes|waymark) ", "");
    }
}
