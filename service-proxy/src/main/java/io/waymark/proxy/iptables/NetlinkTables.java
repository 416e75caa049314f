package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.plan.ChainStep;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// kube-proxy's chains in nf_tables, as `iptables-nft` would keep them there, written by netlink. Owns a
/// socket; belongs to the network namespace of the thread that opens it.
///
/// Others write to the same tables: only chains of kube-proxy's names and the jumps to them are ours.
public final class NetlinkTables implements RuleApplier {
    private static final int ATTEMPTS = 5;
    /// So many times what the last one took, until everything is looked at again or something is added.
    private static final int REST = 3;

    /// So many times what the last reading of everything took, until the next one where nobody changed anything.
    private static final int AUDIT_REST = 100;

    private static final Duration ADDITIONS_REST = Duration.ofMillis(100);
    /// The kernel frees what was removed some milliseconds later, and until then a rule with an extension
    /// cannot be added.
    private static final Duration REMOVAL_REST = Duration.ofMillis(30);

    private final NetlinkSocket socket;
    private final NftReader generations;
    private final ChainOptions options;
    private final Map<NfFamily, FamilyChains> plans = new EnumMap<>(NfFamily.class);
    /// Made when somebody has changed something, and good until we change something.
    private final Map<NfFamily, Glance> glances = new EnumMap<>(NfFamily.class);

    private final Map<NfFamily, Set<ChainId>> undeletable = new EnumMap<>(NfFamily.class);
    /// The generation after our last commit; who finds another one knows that somebody changed something.
    private int generation;

    private boolean doubtful = true;
    /// When to look at everything again, at the earliest.
    private long nextLook = System.nanoTime();
    /// When to read everything back again, at the earliest, if nobody changes anything.
    private long nextAudit = System.nanoTime();
    /// When to add something again.
    private long nextAddition = System.nanoTime();

    private NetlinkTables(NetlinkSocket socket, ChainOptions options) {
        this.socket = socket;
        this.options = options;
        generations = new NftReader(socket);
    }

    /// Opens the way to the kernel and changes nothing.
    /// @throws IptablesException if the kernel lacks nf_tables, or does not let us
    public static NetlinkTables open(ChainOptions options) throws IptablesException {
        try {
            var socket = NetlinkSocket.netfilter();
            try {
                new NftReader(socket).generation();
                return new NetlinkTables(socket, options);
            } catch (NetlinkException refused) {
                socket.close();
                throw refused;
            }
        } catch (NetlinkException unavailable) {
            throw new IptablesException("iptables mode", unavailable);
        }
    }

    /// Writes what is not there as it should be: chains that kube-proxy or a process before this one left
    /// are kept, and traffic that was served is served throughout.
    @Override
    public void start(Collection<RuleSet> desired) throws ApplyException {
        try {
            for (var rules : desired) {
                var family = family(rules.node().family());
                plans.put(family, new FamilyChains(rules, options));
                undeletable.put(family, new HashSet<>());
                bring(family, Batch.nftables());
            }
            settle(generations.generation());
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("starting iptables mode", failed));
        }
    }

    /// @return what differed
    private List<String> bring(NfFamily family, Batch first) throws IptablesException, NetlinkException {
        var found = FoundChains.read(new TableReader(socket, family), family);
        var stuck = undeletable.getOrDefault(family, Set.of());
        var transactions = new ChainTransactions(socket, first);
        try {
            var drifts = found.repair(plan(family), transactions, stuck);
            transactions.commit();
            return drifts;
        } catch (IptablesException refused) {
            var busy = FoundChains.busy(family, String.valueOf(refused.getMessage()), found.chains());
            if (busy.isEmpty()) {
                throw refused;
            }
            stuck.add(busy.get());
            return bring(family, Batch.nftables());
        }
    }

    @Override
    public int apply(Collection<RuleChanges> changes) throws ApplyException {
        boolean sure = !doubtful;
        doubtful = true;
        glances.clear();
        long began = System.nanoTime();
        try {
            var transactions = new ChainTransactions(socket, Batch.nftables());
            var others = new ArrayList<NfFamily>();
            for (var change : changes) {
                var family = family(change.nodeAfter().family());
                switch (plan(family).apply(change)) {
                    case ChainStep.Everything everything -> others.add(family);
                    case ChainStep.Change(var some) -> transactions.apply(family, some);
                }
            }
            transactions.commit();
            for (var family : others) {
                bring(family, Batch.nftables());
            }
            rest(began, transactions.rules() > 0 || !others.isEmpty());
            int now = generations.generation();
            if (sure && others.isEmpty() && now == generation + transactions.commits()) {
                settle(now);
            }
            return transactions.rules();
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("changing iptables' tables", failed));
        }
    }

    /// Whoever adds a rule has the kernel look at all of them, however many rules are added.
    private void rest(long began, boolean added) {
        long now = System.nanoTime();
        long rest = added
                ? Math.max(ADDITIONS_REST.toNanos(), REST * (now - began))
                : Math.max(REMOVAL_REST.toNanos(), nextAddition - now);
        nextAddition = now + rest;
    }

    @Override
    public Duration rest() {
        return Duration.ofNanos(Math.max(0, nextAddition - System.nanoTime()));
    }

    private FamilyChains plan(NfFamily family) {
        var plan = plans.get(family);
        if (plan == null) {
            throw new IllegalStateException("no rules of family " + family + " were started with");
        }
        return plan;
    }

    private void settle(int now) {
        generation = now;
        doubtful = false;
    }

    /// Whether anybody changed anything of nf_tables since the last time, or a change of ours failed.
    @Override
    public List<String> verify() throws ApplyException {
        try {
            if (isSure()) {
                return List.of();
            }
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("reading the generation of nf_tables", failed));
        }
        // Container runtimes and network plugins write here all the time.
        if (System.nanoTime() - nextLook < 0) {
            return List.of();
        }
        return !doubtful && seemsAsExpected() ? List.of() : everything();
    }

    /// Whether nobody has changed anything since the last look.
    boolean isSure() throws NetlinkException {
        return !doubtful && generations.generation() == generation;
    }

    /// Whether what somebody changed seems to be none of ours.
    private boolean seemsAsExpected() throws ApplyException {
        long began = System.nanoTime();
        try {
            int now = generations.generation();
            for (var plan : plans.entrySet()) {
                var family = plan.getKey();
                var glance = glances.computeIfAbsent(family, of -> Glance.of(plan.getValue(), of));
                if (!glance.isAsExpected(new TableReader(socket, family), undeletable.getOrDefault(family, Set.of()))) {
                    return false;
                }
            }
            settle(now);
            long ended = System.nanoTime();
            nextLook = ended + REST * (ended - began);
            return true;
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("looking at iptables' tables", failed));
        }
    }

    /// Reads everything back, unless nobody has changed anything since the last time and that is not long
    /// ago, as long as it took.
    @Override
    public List<String> audit() throws ApplyException {
        try {
            boolean isRecent = System.nanoTime() - nextAudit < 0;
            if (isRecent && isSure()) {
                return List.of();
            }
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("reading the generation of nf_tables", failed));
        }
        return everything();
    }

    /// Reads everything back, and repairs what differs.
    List<String> everything() throws ApplyException {
        var drifts = new ArrayList<String>();
        long began = System.nanoTime();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int now = generations.generation();
                int before = drifts.size();
                for (var family : plans.keySet()) {
                    // A second family's batch finds that ours has changed the generation: next attempt.
                    if (drifts.size() == before) {
                        drifts.addAll(bring(family, Batch.nftablesSince(now)));
                    }
                }
                if (drifts.size() == before) {
                    settle(now);
                    long ended = System.nanoTime();
                    nextLook = ended + REST * (ended - began);
                    nextAudit = ended + AUDIT_REST * (ended - began);
                    return drifts;
                }
            }
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        } catch (NetlinkException failed) {
            throw new ApplyException(new IptablesException("auditing iptables' tables", failed));
        }
        throw new ApplyException(
                new IptablesException("the chains are changed as fast as they are repaired: " + drifts.getLast()));
    }

    private static NfFamily family(IpFamily family) {
        return switch (family) {
            case IPV4 -> NfFamily.IP;
            case IPV6 -> NfFamily.IP6;
        };
    }

    /// Leaves the kernel as it is.
    @Override
    public void close() {
        socket.close();
    }
}
