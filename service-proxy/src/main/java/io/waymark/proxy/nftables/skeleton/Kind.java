package io.waymark.proxy.nftables.skeleton;

import io.waymark.proxy.rules.BackendList;

/// What `entries` is asked about a Service port; its number is the second word of the key.
public enum Kind {
    /// A packet to the cluster IP.
    INTERNAL(0),
    /// One to any other frontend.
    EXTERNAL(1),
    /// One to a load balancer address with source ranges. When they admit it, it is [#EXTERNAL].
    FIREWALL(2),
    /// With `externalTrafficPolicy: Local`: one whose source is kept, to any backend.
    RAW_CLUSTER(3),
    /// The same, to a backend of this node.
    RAW_LOCAL(4),
    /// With session affinity: a client that is not known yet.
    LEARN_CLUSTER(5),
    LEARN_LOCAL(6),
    /// With session affinity: a client that cannot be remembered.
    PLAIN_CLUSTER(7),
    PLAIN_LOCAL(8);

    private final int number;

    Kind(int number) {
        this.number = number;
    }

    /// Of a client that is not known yet.
    public static Kind learn(BackendList list) {
        return list == BackendList.CLUSTER ? LEARN_CLUSTER : LEARN_LOCAL;
    }

    /// Of a client that cannot be remembered.
    public static Kind plain(BackendList list) {
        return list == BackendList.CLUSTER ? PLAIN_CLUSTER : PLAIN_LOCAL;
    }

    public int number() {
        return number;
    }
}
