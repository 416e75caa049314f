package io.waymark.proxy.config;

import java.time.Duration;

/// Sysctls of connection tracking. Zero leaves what the kernel has.
/// @param maxPerCore entries for each processor; `min` at least, unless this is 0
public record ConntrackSettings(
        int maxPerCore,
        int min,
        Duration tcpEstablishedTimeout,
        Duration tcpCloseWaitTimeout,
        boolean tcpBeLiberal,
        Duration udpTimeout,
        Duration udpStreamTimeout) {
    public static final ConntrackSettings DEFAULT = new ConntrackSettings(
            32_768, 131_072, Duration.ofHours(24), Duration.ofHours(1), false, Duration.ZERO, Duration.ZERO);
}
