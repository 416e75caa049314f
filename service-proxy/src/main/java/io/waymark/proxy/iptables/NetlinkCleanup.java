package io.waymark.proxy.iptables;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.chains.FixedChains;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.iptables.xt.RuleEncoder;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Removes the chains of iptables mode, ours or kube-proxy's, and the jumps to them, from nf_tables.
public final class NetlinkCleanup {
    private static final List<ChainId> HOOKS = List.of(
            ChainId.filter("INPUT"),
            ChainId.filter("FORWARD"),
            ChainId.filter("OUTPUT"),
            ChainId.nat("PREROUTING"),
            ChainId.nat("INPUT"),
            ChainId.nat("OUTPUT"),
            ChainId.nat("POSTROUTING"));
    private static final ChainId FIREWALL = ChainId.filter(ChainNames.FIREWALL);

    private final NetlinkSocket socket;
    private final NfFamily family;
    private final TableReader reader;
    private final Set<ChainId> busy = new HashSet<>();

    private NetlinkCleanup(NetlinkSocket socket, NfFamily family) {
        this.socket = socket;
        this.family = family;
        reader = new TableReader(socket, family);
    }

    /// A chain that another program's rule leads to is left, without rules.
    /// @return how many chains there were
    public static int run() throws IptablesException {
        try (var socket = NetlinkSocket.netfilter()) {
            int chains = 0;
            for (var family : NfFamily.values()) {
                chains += new NetlinkCleanup(socket, family).clean();
            }
            return chains;
        } catch (NetlinkException unavailable) {
            throw new IptablesException("removing the chains of iptables mode", unavailable);
        }
    }

    private int clean() throws IptablesException, NetlinkException {
        var there = reader.chains().keySet();
        var ours = new TreeSet<ChainId>();
        there.stream().filter(ChainNames::isOfProxy).forEach(ours::add);
        there.stream().filter(FamilyChains::isServices).forEach(ours::add);
        if (isFirewallOurs(there)) {
            ours.add(FIREWALL);
        }
        if (ours.isEmpty()) {
            return 0;
        }
        var transactions = new ChainTransactions(socket, Batch.nftables());
        for (var hook : HOOKS) {
            if (there.contains(hook)) {
                var handles = reader.rules(hook).stream()
                        .filter(rule -> rule.to()
                                .filter(to -> ours.contains(new ChainId(hook.table(), to)))
                                .isPresent())
                        .map(TableReader.Found::handle)
                        .toList();
                transactions.unhook(family, hook, handles);
            }
        }
        try {
            transactions.remove(family, ours, busy);
            transactions.commit();
            return ours.size() - busy.size();
        } catch (IptablesException refused) {
            var found = FoundChains.busy(family, String.valueOf(refused.getMessage()), ours);
            if (found.isEmpty() || !busy.add(found.get())) {
                throw refused;
            }
            return clean();
        }
    }

    /// The kubelet has the chain too, with the same rule. Where it runs it is known by its own chains.
    private boolean isFirewallOurs(Set<ChainId> there) throws NetlinkException {
        if (!there.contains(FIREWALL)
                || there.stream().anyMatch(chain -> chain.table() == Table.MANGLE && ChainNames.isOfKubelet(chain))) {
            return false;
        }
        var ours = new RuleEncoder(family).encode(FixedChains.firewall());
        var rules = reader.rules(FIREWALL);
        return rules.size() == 1 && rules.getFirst().expressions().equals(TableReader.withoutCounter(ours));
    }
}
