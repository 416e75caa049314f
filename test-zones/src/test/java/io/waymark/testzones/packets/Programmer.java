package io.waymark.testzones.packets;

import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Who makes the rules of a node. The first one is the oracle; a row of modes that lack it in a flow's
/// semantics is compared within those that have them.
enum Programmer {
    KUBE_PROXY_NFTABLES("kube-proxy", "nftables"),
    KUBE_PROXY_IPTABLES("kube-proxy", "iptables"),
    WAYMARK_NFTABLES("waymark", "nftables"),
    WAYMARK_IPTABLES("waymark", "iptables");

    private final String program;
    private final String mode;

    Programmer(String program, String mode) {
        this.program = program;
        this.mode = mode;
    }

    boolean isWaymark() {
        return program.equals("waymark");
    }

    String mode() {
        return mode;
    }

    /// Starts it on a node.
    Program start(PacketNode node, Path kubeconfig, Setup setup, Path log) {
        var command = new ArrayList<String>();
        if (isWaymark()) {
            command.addAll(List.of(Peers.root().resolve("waymark").toString(), "proxy"));
        } else {
            command.add(Peers.require(program).toString());
        }
        command.addAll(List.of("--kubeconfig=" + kubeconfig, "--proxy-mode=" + mode));
        command.addAll(setup.flags());
        return Program.start(name(), log, Map.of(), node.node().command(command));
    }
}
