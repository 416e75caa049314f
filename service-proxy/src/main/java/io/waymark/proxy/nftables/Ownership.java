package io.waymark.proxy.nftables;

/// Whether other processes may change our tables while we live.
public enum Ownership {
    /// Where the kernel can (Linux 6.9), they may not, `nft flush ruleset` included. The tables stay when
    /// we end, and our successor owns them.
    WHERE_POSSIBLE,
    /// They may; what they change is repaired.
    NONE
}
