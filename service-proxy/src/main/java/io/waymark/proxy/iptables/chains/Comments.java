package io.waymark.proxy.iptables.chains;

/// Whether rules that only balance, or lead to one endpoint, say of which Service they are.
public enum Comments {
    WRITTEN,
    /// As kube-proxy does with more than a thousand endpoints: a comment takes 300 octets.
    LEFT_OUT
}
