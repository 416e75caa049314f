package io.waymark.proxy.nftables.skeleton;

import io.waymark.proxy.rules.BackendList;

/// What is done on the way to a backend; part of a [Code].
public enum Variant {
    RAW_CLUSTER(1),
    RAW_LOCAL(2),
    INTERNAL_CLUSTER(3),
    INTERNAL_LOCAL(4),
    EXTERNAL_CLUSTER(5),
    LEARN_CLUSTER(6),
    LEARN_LOCAL(7);

    private final int number;

    Variant(int number) {
        this.number = number;
    }

    /// The source is kept.
    public static Variant raw(BackendList list) {
        return list == BackendList.CLUSTER ? RAW_CLUSTER : RAW_LOCAL;
    }

    /// Masqueraded as the node's rules say for cluster IPs.
    public static Variant internal(BackendList list) {
        return list == BackendList.CLUSTER ? INTERNAL_CLUSTER : INTERNAL_LOCAL;
    }

    /// The client's backend is chosen and remembered.
    public static Variant learn(BackendList list) {
        return list == BackendList.CLUSTER ? LEARN_CLUSTER : LEARN_LOCAL;
    }

    int number() {
        return number;
    }
}
