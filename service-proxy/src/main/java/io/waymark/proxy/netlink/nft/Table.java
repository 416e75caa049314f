package io.waymark.proxy.netlink.nft;

/// A table, without what is in it.
/// @param flags   NFT_TABLE_F_x
/// @param comment as `nft list` shows it; empty is none
public record Table(NfFamily family, String name, int flags, String comment) {
    /// Others may not change it, and it goes when its owner's socket closes (Linux 5.12).
    public static final int OWNED = 2;
    /// It stays when its owner goes, who may come back for it (Linux 6.9).
    public static final int PERSISTENT = 4;
}
