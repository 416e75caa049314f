package io.waymark.proxy.config;

import java.time.Duration;

/// How often rules are programmed.
/// @param syncPeriod    at least this often everything is looked at again
/// @param minSyncPeriod kube-proxy's pause between two changes. Here a lone change never waits: it bounds
///                      how long changes that come together are gathered
public record Pace(Duration syncPeriod, Duration minSyncPeriod) {
    /// kube-proxy keeps no period of a mode that is not in use.
    static final Pace OF_OTHER_MODES = new Pace(Duration.ZERO, Duration.ZERO);

    private static final Duration SYNC_PERIOD = Duration.ofSeconds(30);

    /// The default in a mode. A file's for IPVS has no pause; its flags have one of a second.
    static Pace of(ProxyMode mode) {
        return new Pace(SYNC_PERIOD, mode == ProxyMode.IPVS ? Duration.ZERO : Duration.ofSeconds(1));
    }
}
