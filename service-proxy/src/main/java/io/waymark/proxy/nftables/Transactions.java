package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.BatchResult;
import io.waymark.proxy.netlink.Errno;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.TableWriter;
import io.waymark.proxy.nftables.plan.ElementChanges;
import io.waymark.proxy.nftables.plan.FamilyPlan;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.nftables.skeleton.Structure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Messages on their way to the kernel in as few commits as a bound on the octets of one allows.
/// Commits what is left when told. Used once, by one thread.
final class Transactions {
    /// Elements of one message at most: what a bound can be exceeded by.
    private static final int CHUNK = 1000;

    private static final int CHUNK_OCTETS = 128 << 10;

    private final NetlinkSocket socket;
    private final int octetsMax;
    private Batch batch;
    private int commits;
    private int elements;

    /// @param batch     the first one
    /// @param octetsMax of one commit
    Transactions(NetlinkSocket socket, Batch batch, int octetsMax) {
        this.socket = socket;
        this.batch = batch;
        this.octetsMax = Math.min(octetsMax, socket.batchOctetsMax()) - CHUNK_OCTETS;
    }

    /// Writes to our table in the batch that is under way.
    TableWriter table(NfFamily family) {
        return table(family, Skeleton.TABLE);
    }

    TableWriter table(NfFamily family, String name) {
        return new TableWriter(batch, family, name);
    }

    /// Adds chains, sets and rules.
    void build(NfFamily family, Structure structure) throws NftException {
        for (var set : structure.sets()) {
            table(family).create(set);
        }
        for (var chain : structure.chains()) {
            table(family).create(chain);
            commitIfFull();
        }
        for (var rule : structure.rules()) {
            table(family).append(rule);
            commitIfFull();
        }
        for (var map : structure.decisions().entrySet()) {
            table(family).add(map.getKey(), map.getValue());
            commitIfFull();
        }
    }

    void add(NfFamily family, String set, List<Element> some) throws NftException {
        for (int from = 0; from < some.size(); from += CHUNK) {
            table(family).add(set, some.subList(from, Math.min(from + CHUNK, some.size())));
            commitIfFull();
        }
        elements += some.size();
    }

    private void delete(NfFamily family, String set, List<Element> some) throws NftException {
        for (int from = 0; from < some.size(); from += CHUNK) {
            table(family).delete(set, some.subList(from, Math.min(from + CHUNK, some.size())));
            commitIfFull();
        }
        elements += some.size();
    }

    /// Deletions of all families, then additions.
    void apply(Map<NfFamily, ElementChanges> changes) throws NftException {
        for (var family : changes.entrySet()) {
            for (var set : family.getValue().deleted().entrySet()) {
                delete(family.getKey(), set.getKey(), set.getValue());
            }
        }
        for (var family : changes.entrySet()) {
            for (var set : family.getValue().added().entrySet()) {
                add(family.getKey(), set.getKey(), set.getValue());
            }
        }
    }

    private void commitIfFull() throws NftException {
        if (batch.octets() > octetsMax) {
            commit();
        }
    }

    /// Commits what there is, if there is any.
    void commit() throws NftException {
        if (batch.isEmpty()) {
            return;
        }
        var sent = batch;
        batch = Batch.nftables();
        switch (socket.transact(sent)) {
            case BatchResult.Committed committed -> commits++;
            case BatchResult.Refused refused ->
                throw new NftException("the kernel did not take " + sent + ", " + refused
                        + (refused.isAll(Errno.EPERM)
                                ? "; needs the capability NET_ADMIN, and that no other process owns the table"
                                : ""));
            case BatchResult.Unknown(var why) -> throw new NftException(why);
        }
    }

    /// Commits so far.
    int commits() {
        return commits;
    }

    /// Elements added and deleted so far.
    int elements() {
        return elements;
    }

    /// Adds every element of a plan.
    void load(NfFamily family, FamilyPlan plan) throws NftException {
        var waiting = new HashMap<String, List<Element>>();
        plan.elements((set, element) ->
                waiting.computeIfAbsent(set, name -> new ArrayList<>()).add(element));
        for (var set : Maps.planned()) {
            add(family, set, waiting.getOrDefault(set, List.of()));
            waiting.remove(set);
        }
    }
}
