package io.waymark.proxy.config;

/// What the daemon itself listens on.
/// @param healthz   ADDRESS:PORT of `/healthz` and `/livez`; empty: not served
/// @param metrics   ADDRESS:PORT of `/metrics`, `/proxyMode` and `/configz`; empty: not served
/// @param hardFail  whether an address that cannot be had ends the process
/// @param profiling accepted; there are no Go profiles here
public record Serving(String healthz, String metrics, boolean hardFail, boolean profiling) {
    public static final Serving DEFAULT = new Serving("0.0.0.0:10256", "127.0.0.1:10249", false, false);
}
