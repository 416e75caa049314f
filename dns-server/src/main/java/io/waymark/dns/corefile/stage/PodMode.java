package io.waymark.dns.corefile.stage;

import java.util.Locale;

/// Whether names made of a Pod's address exist (`10-0-0-1.shop.pod.cluster.local`).
public enum PodMode {
    /// None does.
    DISABLED,
    /// All addresses in all namespaces that exist.
    INSECURE,
    /// Those of Pods that exist.
    VERIFIED;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
