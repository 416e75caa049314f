package io.waymark.proxy.netlink.nft;

/// The family of a table, as `nft` names it.
public enum NfFamily {
    IP(2),
    IP6(10);

    private final int number;

    NfFamily(int number) {
        this.number = number;
    }

    /// NFPROTO_x.
    public int number() {
        return number;
    }

    /// `ip` or `ip6`.
    @Override
    public String toString() {
        return this == IP ? "ip" : "ip6";
    }
}
