package io.waymark.dns.plugin.kubernetes;

/// `compat`: whose answers a plugin gives where the standards and CoreDNS differ.
public enum Compat {
    /// Those of the standards: `docs/differences.md`.
    NONE,
    /// Those of CoreDNS 1.15, but where they show what an option hides.
    COREDNS
}
