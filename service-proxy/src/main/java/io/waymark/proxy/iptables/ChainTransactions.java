package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.FixedChains.Hook;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.ChainChanges;
import io.waymark.proxy.iptables.plan.ChainEdit;
import io.waymark.proxy.iptables.xt.RuleEncoder;
import io.waymark.proxy.iptables.xt.TableBatch;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.BatchResult;
import io.waymark.proxy.netlink.Errno;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/// Changes of chains on their way to the kernel. What fits goes in one commit; where it is more, a
/// chain is changed in one commit unless it alone is too long. Commits what is left when told. Used
/// once, by one thread.
final class ChainTransactions {
    /// Larger batches gain nothing.
    private static final int FULL_OCTETS = 4 << 20;
    /// More than a rule has.
    private static final int RESERVE_OCTETS = 16 << 10;

    private final NetlinkSocket socket;
    private final int octetsMax;
    private Batch batch;
    private int commits;
    private int rules;

    /// @param first the first batch
    ChainTransactions(NetlinkSocket socket, Batch first) {
        this.socket = socket;
        octetsMax = socket.batchOctetsMax() - RESERVE_OCTETS;
        batch = first;
    }

    private TableBatch to(NfFamily family) {
        return new TableBatch(batch, family);
    }

    /// Makes iptables' tables, as far as they are not there.
    void createTables(NfFamily family, Set<ChainId> there) {
        for (var table : Table.values()) {
            to(family).createTable(table, there);
        }
    }

    /// Makes chains without rules, for others to lead to.
    void create(NfFamily family, Collection<ChainId> chains) {
        chains.forEach(to(family)::create);
    }

    /// Gives a chain these rules, whatever it had.
    void write(NfFamily family, ChainId chain, List<ChainRule> wanted) throws IptablesException {
        to(family).create(chain);
        to(family).flush(chain);
        var encoder = new RuleEncoder(family);
        for (var rule : wanted) {
            commitIfOver(octetsMax);
            to(family).append(chain, encoder.encode(rule));
        }
        rules += wanted.size();
        commitIfOver(Math.min(FULL_OCTETS, octetsMax));
    }

    /// Makes a change. Of long chains only what differs is written, if they are as they should be.
    void apply(NfFamily family, ChainChanges changes) throws IptablesException, NetlinkException {
        for (var write : changes.writes()) {
            if (write.before().isEmpty()) {
                to(family).create(write.chain());
            }
        }
        for (var write : changes.writes()) {
            var edit = write.before().flatMap(before -> ChainEdit.between(before, write.after()));
            if (edit.isEmpty() || !edit(family, write, edit.get())) {
                write(family, write.chain(), write.after());
            }
        }
        remove(family, changes.removed());
    }

    private boolean edit(NfFamily family, ChainChanges.Write write, ChainEdit edit) throws NetlinkException {
        var found = new TableReader(socket, family).rules(write.chain());
        if (found.size() != write.before().map(List::size).orElse(0)) {
            return false;
        }
        var encoder = new RuleEncoder(family);
        // Those for the same place from the last to the first: each comes right behind its place.
        for (var insertion : edit.inserted().reversed()) {
            var rule = encoder.encode(insertion.rule());
            if (insertion.behind() < 0) {
                to(family).prepend(write.chain(), rule);
            } else {
                to(family)
                        .insertBehind(
                                write.chain(), found.get(insertion.behind()).handle(), rule);
            }
        }
        edit.deleted()
                .forEach(place ->
                        to(family).delete(write.chain(), found.get(place).handle()));
        rules += edit.inserted().size();
        return true;
    }

    /// Removes chains that no rule leads to but rules of each other.
    void remove(NfFamily family, Collection<ChainId> chains) throws IptablesException {
        remove(family, chains, Set.of());
    }

    /// @param kept some of them, which only lose their rules
    void remove(NfFamily family, Collection<ChainId> chains, Set<ChainId> kept) throws IptablesException {
        for (var chain : chains) {
            commitIfOver(octetsMax);
            to(family).flush(chain);
        }
        for (var chain : chains) {
            if (!kept.contains(chain)) {
                commitIfOver(octetsMax);
                to(family).delete(chain);
            }
        }
    }

    /// Adds jumps at the head of the chains that the kernel calls.
    void hook(NfFamily family, List<Hook> hooks) {
        var encoder = new RuleEncoder(family);
        hooks.reversed().forEach(hook -> to(family).prepend(hook.from(), encoder.encode(hook.rule())));
        rules += hooks.size();
    }

    /// Removes single rules.
    void unhook(NfFamily family, ChainId chain, List<Long> handles) {
        handles.forEach(handle -> to(family).delete(chain, handle));
    }

    private void commitIfOver(int octets) throws IptablesException {
        if (batch.octets() > octets) {
            commit();
        }
    }

    /// Commits what there is, if there is any.
    void commit() throws IptablesException {
        if (batch.isEmpty()) {
            return;
        }
        var sent = batch;
        batch = Batch.nftables();
        switch (socket.transact(sent)) {
            case BatchResult.Committed committed -> commits++;
            case BatchResult.Refused refused ->
                throw new IptablesException("the kernel did not take " + sent + ", " + refused
                        + (refused.isAll(Errno.EPERM) ? "; needs the capability NET_ADMIN" : ""));
            case BatchResult.Unknown(var why) -> throw new IptablesException(why);
        }
    }

    /// Commits so far.
    int commits() {
        return commits;
    }

    /// Rules written so far.
    int rules() {
        return rules;
    }
}
