package io.waymark.proxy.netlink.nft;

/// A chain, without its rules.
public sealed interface Chain {
    String name();

    /// One that rules lead to.
    record Regular(String name) implements Chain {}

    /// One of type nat that the kernel itself calls.
    /// @param hook     NF_INET_x
    /// @param priority the lowest goes first
    record Nat(String name, int hook, int priority) implements Chain {
        public static final int PREROUTING = 0;
        public static final int OUTPUT = 3;
        public static final int POSTROUTING = 4;
    }

    /// One that the kernel itself calls, of another type; Waymark only reads such.
    record Foreign(String name, String type) implements Chain {}
}
