package io.waymark.testzones.bench.proxy;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/// What the rules are made of.
enum Mode {
    NFTABLES("nftables", ""),
    /// iptables on the kernel's nf_tables.
    IPTABLES("iptables", "xtables-nft-multi"),
    IPTABLES_LEGACY("iptables", "xtables-legacy-multi");

    private final String proxyMode;
    /// The program behind the commands `iptables…`; empty if none is needed.
    private final String binary;

    Mode(String proxyMode, String binary) {
        this.proxyMode = proxyMode;
        this.binary = binary;
    }

    /// The mode of this name, as in `iptables-legacy`.
    static Mode of(String name) {
        return Arrays.stream(values())
                .filter(mode -> mode.text().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("found " + name + ", expected one of "
                        + Arrays.stream(values()).map(Mode::text).collect(Collectors.joining(", "))));
    }

    String text() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    /// As `--proxy-mode` takes it.
    String proxyMode() {
        return proxyMode;
    }

    /// Variables that make this back end the node's own: the commands of it come first on `PATH`.
    /// @param folder where a folder of commands may be made
    Map<String, String> environment(Path folder) {
        if (binary.isEmpty()) {
            return Map.of();
        }
        var program = Peers.require(binary);
        var commands = folder.resolve(text());
        try {
            Files.createDirectories(commands);
            for (var family : new String[] {"iptables", "ip6tables"}) {
                for (var suffix : new String[] {"", "-save", "-restore"}) {
                    var command = commands.resolve(family + suffix);
                    Files.deleteIfExists(command);
                    Files.createSymbolicLink(command, program);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("no folder of commands", e);
        }
        return Map.of("PATH", commands + ":" + System.getenv("PATH") + ":/usr/sbin:/sbin");
    }
}
