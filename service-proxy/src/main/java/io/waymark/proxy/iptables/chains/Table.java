package io.waymark.proxy.iptables.chains;

import java.util.Locale;

/// A table of iptables that kube-proxy writes to.
public enum Table {
    FILTER,
    NAT,
    /// Has nothing but the canary.
    MANGLE;

    /// As iptables names it.
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
