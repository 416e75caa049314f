package io.waymark.proxy.nftables.skeleton;

import io.waymark.proxy.netlink.nft.NfFamily;

/// Where values lie while a rule runs. The value of one map is the key of the next because they lie
/// in one place: `frontends` writes four words from [#found] on, of which (service, kind) is the key
/// of `entries`, and (service, index) that of `backends` when an index is written over the kind.
/// @param words     that an address takes
/// @param found     where `frontends` writes: 0, service, kind, owner
/// @param sourceAt  octets from the IP header's start to the source address
/// @param targetAt  the same to the destination address
record Registers(int words, int found, int sourceAt, int targetAt) {
    /// The first one: keys begin here, and a backend's address comes here.
    static final int FIRST = 8;
    /// Where an affinity rule keeps a backend: the lookup before it reads from [#FIRST] on.
    static final int FREE = 16;

    static Registers of(NfFamily family) {
        return switch (family) {
            case IP -> new Registers(1, 11, 12, 16);
            case IP6 -> new Registers(4, 14, 8, 24);
        };
    }

    int service() {
        return found + 1;
    }

    int kind() {
        return found + 2;
    }

    int owner() {
        return found + 3;
    }

    /// The value of `entries`: a zero before it.
    int code() {
        return found + 5;
    }

    /// A source address that ends where the service begins, so that the two are one key.
    int client() {
        return service() - words;
    }

    /// Where the endpoint that a client is known to use is kept.
    int endpoint() {
        return found + 6;
    }

    int addressOctets() {
        return words * 4;
    }
}
