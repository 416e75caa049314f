package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.command.HostProgram;
import io.waymark.proxy.iptables.IptablesException;
import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.xt.TableReader;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.records.address.IpFamily;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/// Which of the two iptables a node uses, found out as the images of kube-proxy do (KEP-3178): where the
/// kubelet has left its mark, else where there are more rules.
public final class LegacyUse {
    private LegacyUse() {}

    /// Whether the node's rules are those of iptables-legacy.
    /// @throws IptablesException if that cannot be found out
    public static boolean isNodesOwn() throws IptablesException {
        if (!isLoaded(IpFamily.IPV4) && !isLoaded(IpFamily.IPV6)) {
            return false;
        }
        var nft = nftChains();
        if (nft.keySet().stream().anyMatch(ChainNames::isOfKubelet)) {
            return false;
        }
        int rules = nft.values().stream().mapToInt(Integer::intValue).sum();
        if (HostProgram.find("iptables-legacy-save").isEmpty()) {
            // Tables without rules are loaded by whoever once listed them.
            return rules == 0;
        }
        int legacy = 0;
        for (var family : IpFamily.values()) {
            var saved = LegacyPrograms.find(family).save();
            if (saved.chains().keySet().stream().anyMatch(ChainNames::isOfKubelet)) {
                return true;
            }
            legacy += saved.size();
        }
        return legacy > rules;
    }

    /// Whether this network namespace has tables of iptables-legacy.
    static boolean isLoaded(IpFamily family) {
        var name = family == IpFamily.IPV4 ? "ip_tables_names" : "ip6_tables_names";
        try {
            return !Files.readString(Path.of("/proc/thread-self/net", name)).isBlank();
        } catch (IOException absent) {
            return false;
        }
    }

    private static Map<ChainId, Integer> nftChains() throws IptablesException {
        try (var socket = NetlinkSocket.netfilter()) {
            var chains = new TableReader(socket, NfFamily.IP).chains();
            new TableReader(socket, NfFamily.IP6)
                    .chains()
                    .forEach((chain, rules) -> chains.merge(chain, rules, Integer::sum));
            return chains;
        } catch (NetlinkException unavailable) {
            throw new IptablesException("looking for the rules of iptables-nft", unavailable);
        }
    }
}
