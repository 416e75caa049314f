package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.FixedChains.Hook;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.iptables.xt.ChainDigest;
import io.waymark.proxy.iptables.xt.RuleEncoder;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.nft.NfFamily;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the kernel holds of the chains of one family, and how that differs from a plan.
final class FoundChains {
    private final NfFamily family;
    private final TableReader reader;
    private final Set<ChainId> chains;
    private final Map<ChainId, ChainDigest> digests = new HashMap<>();

    private FoundChains(NfFamily family, TableReader reader, Set<ChainId> chains) {
        this.family = family;
        this.reader = reader;
        this.chains = chains;
    }

    static FoundChains read(TableReader reader, NfFamily family) throws NetlinkException {
        var found = new FoundChains(family, reader, reader.chains().keySet());
        for (var table : List.of(Table.FILTER, Table.NAT)) {
            if (found.chains.stream().anyMatch(chain -> chain.table() == table)) {
                found.digests.putAll(reader.digests(table));
            }
        }
        return found;
    }

    Set<ChainId> chains() {
        return chains;
    }

    /// Writes what differs from a plan, and no more. @return what that was, one line each
    List<String> repair(FamilyChains plan, ChainTransactions into, Set<ChainId> undeletable)
            throws IptablesException, NetlinkException {
        var differences = new Differences(family.toString());
        var wanted = new HashSet<ChainId>();
        plan.forEach((chain, rules) -> wanted.add(chain));
        var missing = wanted.stream().filter(chain -> !chains.contains(chain)).toList();
        if (!missing.isEmpty()) {
            into.createTables(family, chains);
            into.create(family, missing);
            differences.gone(missing);
        }
        differing(plan, into, differences);
        var hooks = missingHooks(reader, plan);
        into.hook(family, hooks);
        differences.unhooked(hooks);
        var stale = new ArrayList<ChainId>();
        for (var chain : chains) {
            if (FamilyChains.isStale(chain, wanted) && !undeletable.contains(chain)) {
                stale.add(chain);
            } else if (undeletable.contains(chain) && !wanted.contains(chain) && digests.containsKey(chain)) {
                into.write(family, chain, List.of());
            }
        }
        into.remove(family, stale);
        differences.stale(stale);
        return differences.lines();
    }

    private void differing(FamilyChains plan, ChainTransactions into, Differences differences)
            throws IptablesException {
        var encoder = new RuleEncoder(family);
        var failed = new ArrayList<IptablesException>();
        plan.forEach((chain, rules) -> {
            var digest = new ChainDigest();
            rules.forEach(rule -> digest.add(encoder.encode(rule)));
            if (failed.isEmpty() && !digest.isLike(digests.getOrDefault(chain, new ChainDigest()))) {
                if (chains.contains(chain)) {
                    differences.changed(chain);
                }
                try {
                    into.write(family, chain, rules);
                } catch (IptablesException refused) {
                    failed.add(refused);
                }
            }
        });
        if (!failed.isEmpty()) {
            throw failed.getFirst();
        }
    }

    /// Jumps are known by where they are and where they lead to: other versions of iptables write the
    /// conditions of some otherwise.
    static List<Hook> missingHooks(TableReader reader, FamilyChains plan) throws NetlinkException {
        var present = new HashMap<ChainId, Set<String>>();
        var missing = new ArrayList<Hook>();
        for (var hook : plan.hooks()) {
            var targets = present.get(hook.from());
            if (targets == null) {
                targets = new HashSet<>();
                for (var rule : reader.rules(hook.from())) {
                    rule.to().ifPresent(targets::add);
                }
                present.put(hook.from(), targets);
            }
            if (!targets.contains(hook.to())) {
                missing.add(hook);
            }
        }
        return missing;
    }

    /// A chain that another program's rule leads to cannot go: it is the subject of the refusal.
    static Optional<ChainId> busy(NfFamily family, String refusal, Set<ChainId> chains) {
        return chains.stream()
                .filter(chain -> refusal.contains(
                        "chain " + chain.name() + " in table " + family + " " + chain.table() + ": EBUSY"))
                .findFirst();
    }
}
