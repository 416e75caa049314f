package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;

/// Takes one element after the other.
@FunctionalInterface
public interface ElementSink {
    void put(String set, Element element);
}
