package io.waymark.proxy.config;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The part of the kernel that the rules are programmed into.
public enum ProxyMode {
    IPTABLES("iptables"),
    IPVS("ipvs"),
    NFTABLES("nftables");

    /// What an empty `mode` stands for.
    public static final ProxyMode DEFAULT = IPTABLES;

    private final String text;

    ProxyMode(String text) {
        this.text = text;
    }

    /// As `mode` and `/proxyMode` have it.
    public String text() {
        return text;
    }

    static Optional<ProxyMode> parse(String text) {
        return text.isEmpty()
                ? Optional.of(DEFAULT)
                : Arrays.stream(values()).filter(mode -> mode.text.equals(text)).findFirst();
    }

    static String allowed() {
        return Arrays.stream(values()).map(ProxyMode::text).collect(Collectors.joining(", "))
                + ", or nothing, which means " + DEFAULT.text;
    }
}
