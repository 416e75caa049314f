package io.waymark.proxy.nftables;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.Table;
import io.waymark.proxy.nftables.plan.Adopted;
import io.waymark.proxy.nftables.plan.ElementChanges;
import io.waymark.proxy.nftables.plan.FamilyPlan;
import io.waymark.proxy.nftables.plan.PlanStep;
import io.waymark.proxy.nftables.skeleton.Skeleton;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Makes the kernel's nf_tables hold what the rules say. Owns a netlink socket; belongs to the network
/// namespace of the thread that opens it; one thread at a time may use it, which blocks until the
/// kernel has answered. Lifecycle: [#open], [#start], then [#apply] for each change and [#verify] ten
/// times a second, [#close]. Nothing is removed when it closes.
///
/// After an [NftException] the kernel may hold something else than the rules say; the next [#verify]
/// finds out and repairs it.
public final class NftApplier implements AutoCloseable {
    /// A larger batch gains nothing, and holds up other changes for longer.
    private static final int LOAD_OCTETS = 1 << 20;

    /// What must be one commit is, up to what the socket takes.
    private static final int WHOLE = Integer.MAX_VALUE;

    private static final int ATTEMPTS = 5;
    /// The name of the table that kube-proxy has in nftables mode.
    static final String KUBE_PROXY = "kube-proxy";

    private static final String COMMENT = "waymark: the data path of Services";

    private final NetlinkSocket socket;
    private final NftReader reader;
    private final int tableFlags;
    private final Map<NfFamily, FamilyPlan> plans = new EnumMap<>(NfFamily.class);
    /// The generation after our last commit; who finds another one knows that somebody changed something.
    private int generation;

    private boolean doubtful = true;

    private NftApplier(NetlinkSocket socket, int tableFlags) {
        this.socket = socket;
        this.tableFlags = tableFlags;
        reader = new NftReader(socket);
    }

    /// Opens the way to the kernel and changes nothing.
    /// @throws NftException if the kernel is too old, lacks nf_tables, or does not let us
    public static NftApplier open(Ownership ownership) throws NftException {
        var release = KernelRelease.current();
        if (release.isOlderThan(KernelRelease.OLDEST)) {
            throw new NftException("nftables mode needs Linux " + KernelRelease.OLDEST + " or newer; this is Linux "
                    + release + "; use iptables mode");
        }
        try {
            var socket = NetlinkSocket.netfilter();
            try {
                new NftReader(socket).generation();
                return new NftApplier(socket, flags(socket, ownership));
            } catch (NetlinkException refused) {
                socket.close();
                throw refused;
            }
        } catch (NetlinkException unavailable) {
            throw new NftException("nftables mode", unavailable);
        }
    }

    /// A table that is made and removed in one batch tells whether the kernel knows the flags.
    private static int flags(NetlinkSocket socket, Ownership ownership) {
        int flags = Table.OWNED | Table.PERSISTENT;
        var probe = new Transactions(socket, Batch.nftables(), WHOLE);
        probe.table(NfFamily.IP, "waymark-probe").createTable(flags, "");
        probe.table(NfFamily.IP, "waymark-probe").deleteTable();
        return switch (ownership) {
            case NONE -> 0;
            case WHERE_POSSIBLE -> {
                try {
                    probe.commit();
                    yield flags;
                } catch (NftException unknown) {
                    yield 0;
                }
            }
        };
    }

    /// Makes the kernel hold all rules: builds the tables, or adopts those that are there, repairs what
    /// differs in them, and takes over from kube-proxy. Traffic that was served is served throughout.
    /// @param desired of each family that the node has
    public void start(Collection<RuleSet> desired) throws NftException {
        try {
            for (var rules : desired) {
                start(rules);
            }
            settle(reader.generation());
        } catch (NetlinkException failed) {
            throw new NftException("starting nftables mode", failed);
        }
    }

    private void start(RuleSet rules) throws NftException, NetlinkException {
        var family = family(rules.node().family());
        for (int attempt = 1; ; attempt++) {
            try {
                attempt(family, rules);
                return;
            } catch (NftException refused) {
                // A large table that still grows in the kernel reads badly, and others may change it.
                if (attempt == ATTEMPTS) {
                    throw refused;
                }
            }
        }
    }

    private void attempt(NfFamily family, RuleSet rules) throws NftException, NetlinkException {
        var there = FoundTable.read(reader, family);
        if (there.isEmpty()) {
            var plan = new FamilyPlan(rules, Adopted.NOTHING, Set.of());
            plans.put(family, plan);
            build(family, plan);
            return;
        }
        var found = there.get();
        var adopted = new FamilyPlan(rules, new Adopted(found.elements()), found.timeouts());
        if (structureDrift(family, found, adopted).isEmpty()) {
            plans.put(family, adopted);
            adopt(family, found, adopted);
        } else {
            var plan = new FamilyPlan(rules, new Adopted(found.elements()), Set.of());
            plans.put(family, plan);
            rebuild(family, plan);
        }
    }

    /// Nothing of it is met by a packet before the last commit, which also takes kube-proxy's table away.
    private void build(NfFamily family, FamilyPlan plan) throws NftException, NetlinkException {
        var transactions = new Transactions(socket, Batch.nftables(), LOAD_OCTETS);
        write(transactions, family, plan);
        takeOver(transactions, family);
        transactions.commit();
    }

    /// In one commit; the old table works until then.
    private void rebuild(NfFamily family, FamilyPlan plan) throws NftException, NetlinkException {
        var transactions = new Transactions(socket, Batch.nftables(), WHOLE);
        if (has(family, Skeleton.TABLE)) {
            transactions.table(family).deleteTable();
        }
        write(transactions, family, plan);
        takeOver(transactions, family);
        transactions.commit();
    }

    private void write(Transactions transactions, NfFamily family, FamilyPlan plan) throws NftException {
        transactions.table(family).createTable(tableFlags, COMMENT);
        for (var part : plan.body()) {
            transactions.build(family, part);
        }
        transactions.load(family, plan);
        transactions.build(family, Skeleton.of(plan.node()).hooks());
    }

    private void adopt(NfFamily family, FoundTable found, FamilyPlan plan) throws NftException, NetlinkException {
        var transactions = new Transactions(socket, Batch.nftables(), WHOLE);
        if (tableFlags != 0 && found.table().flags() == Table.PERSISTENT) {
            transactions.table(family).createTable(tableFlags, "");
        }
        transactions.apply(Map.of(family, found.elementDrift(plan)));
        takeOver(transactions, family);
        transactions.commit();
    }

    private void takeOver(Transactions transactions, NfFamily family) throws NetlinkException {
        if (has(family, KUBE_PROXY)) {
            transactions.table(family, KUBE_PROXY).deleteTable();
        }
    }

    private boolean has(NfFamily family, String name) throws NetlinkException {
        return reader.tables(family).stream().anyMatch(table -> table.name().equals(name));
    }

    /// Makes the kernel hold what the changes lead to, in one commit for all families.
    /// @return how many elements were added and deleted
    /// @throws NftException if the kernel refused; the changes count as made, so that [#verify] makes them
    public int apply(Collection<RuleChanges> changes) throws NftException {
        var elements = new EnumMap<NfFamily, ElementChanges>(NfFamily.class);
        var rebuilt = new ArrayList<NfFamily>();
        var transactions = new Transactions(socket, Batch.nftables(), WHOLE);
        for (var change : changes) {
            var family = family(change.nodeAfter().family());
            switch (plan(family).apply(change)) {
                case PlanStep.Rebuild rebuild -> rebuilt.add(family);
                case PlanStep.Change(var structures, var some) -> {
                    for (var part : structures) {
                        transactions.build(family, part);
                    }
                    elements.put(family, some);
                }
            }
        }
        boolean sure = !doubtful;
        doubtful = true;
        try {
            transactions.apply(elements);
            transactions.commit();
            for (var family : rebuilt) {
                rebuild(family, plan(family));
            }
            int now = reader.generation();
            if (sure && now == generation + transactions.commits() + rebuilt.size()) {
                settle(now);
            }
            return transactions.elements();
        } catch (NetlinkException failed) {
            throw new NftException("changing the tables of nftables mode", failed);
        }
    }

    private FamilyPlan plan(NfFamily family) {
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
    /// Costs some microseconds.
    public boolean isDoubtful() throws NftException {
        try {
            return doubtful || reader.generation() != generation;
        } catch (NetlinkException failed) {
            throw new NftException("reading the generation of nf_tables", failed);
        }
    }

    /// If anything is doubtful, audits. That reads all of our tables, a fraction of a second at 10,000
    /// Services: where others commit all the time (a CNI plugin by iptables-nft), wait several times as
    /// long as the last audit took before the next one.
    public List<Drift> verify() throws NftException {
        return isDoubtful() ? audit() : List.of();
    }

    /// Reads back everything, and repairs what differs.
    /// @return what differed
    public List<Drift> audit() throws NftException {
        var drifts = new ArrayList<Drift>();
        try {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int now = reader.generation();
                var repaired = repair(now, drifts);
                if (!repaired) {
                    settle(now);
                    return drifts;
                }
            }
        } catch (NetlinkException failed) {
            throw new NftException("auditing nf_tables", failed);
        }
        throw new NftException("the tables are changed as fast as they are repaired: " + drifts.getLast());
    }

    /// Repairs the first family that differs, unless somebody changed it since that generation.
    /// @return whether there was one
    private boolean repair(int now, List<Drift> drifts) throws NftException, NetlinkException {
        for (var entry : plans.entrySet()) {
            var family = entry.getKey();
            var plan = entry.getValue();
            var found = FoundTable.read(reader, family);
            Optional<Drift> damage = found.isEmpty()
                    ? Optional.of(new Drift.TableGone(family))
                    : structureDrift(family, found.get(), plan);
            if (damage.isPresent()) {
                drifts.add(damage.get());
                rebuild(family, plan);
                return true;
            }
            var changes = elementDrift(family, found.orElseThrow(), plan);
            if (!changes.isEmpty()) {
                drifts.addAll(FoundTable.drifts(family, changes));
                var transactions = new Transactions(socket, Batch.nftablesSince(now), WHOLE);
                transactions.apply(Map.of(family, changes));
                transactions.commit();
                return true;
            }
        }
        return false;
    }

    /// Elements that seem to be missing are looked for again: a table that grows in the kernel can hide
    /// some from one dump.
    private Optional<Drift> structureDrift(NfFamily family, FoundTable found, FamilyPlan plan) throws NetlinkException {
        var drift = found.structureDrift(plan);
        var again = drift.isEmpty() ? Optional.<FoundTable>empty() : FoundTable.read(reader, family);
        return again.isEmpty() ? drift : again.get().structureDrift(plan);
    }

    private ElementChanges elementDrift(NfFamily family, FoundTable found, FamilyPlan plan) throws NetlinkException {
        var drift = found.elementDrift(plan);
        var again = drift.isEmpty() ? Optional.<FoundTable>empty() : FoundTable.read(reader, family);
        return again.isEmpty() ? drift : again.get().elementDrift(plan);
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
