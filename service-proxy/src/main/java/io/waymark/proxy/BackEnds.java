package io.waymark.proxy;

import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.iptables.IptablesException;
import io.waymark.proxy.iptables.NetlinkCleanup;
import io.waymark.proxy.iptables.NetlinkTables;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.proxy.iptables.chains.ChainOptions.Invalid;
import io.waymark.proxy.iptables.legacy.LegacyCleanup;
import io.waymark.proxy.iptables.legacy.LegacyTables;
import io.waymark.proxy.iptables.legacy.LegacyUse;
import io.waymark.proxy.nftables.NftCleanup;
import io.waymark.proxy.nftables.NftException;
import io.waymark.proxy.nftables.Ownership;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.rules.node.NodePortTargets.Loopback;

/// The back end of each mode, and what all of them leave in the kernel.
final class BackEnds {
    private BackEnds() {}

    /// What other modes have left is removed once this one holds the rules.
    /// @throws ProxyStartException if this kernel does not have what the mode needs
    static RuleApplier open(ProxyConfig config, Dispatch dispatch) throws ProxyStartException {
        return switch (config.mode()) {
            case NFTABLES -> {
                try {
                    yield new Successor(
                            NftRules.open(Ownership.WHERE_POSSIBLE), () -> NetlinkCleanup.run() + LegacyCleanup.run());
                } catch (NftException unavailable) {
                    throw new ProxyStartException("no rules can be made", unavailable);
                }
            }
            case IPTABLES -> {
                try {
                    yield iptables(options(config, dispatch));
                } catch (IptablesException unavailable) {
                    throw new ProxyStartException("no rules can be made", unavailable);
                }
            }
            case IPVS -> throw new ProxyStartException("ipvs mode is not there yet; use iptables or nftables");
        };
    }

    /// In the part of the kernel that the node's other programs use.
    private static RuleApplier iptables(ChainOptions options) throws IptablesException {
        return LegacyUse.isNodesOwn()
                ? new Successor(LegacyTables.open(options), () -> NftCleanup.run() + NetlinkCleanup.run())
                : new Successor(NetlinkTables.open(options), () -> NftCleanup.run() + LegacyCleanup.run());
    }

    private static ChainOptions options(ProxyConfig config, Dispatch dispatch) {
        return new ChainOptions(
                config.servesNodePortsOnLoopback() ? Loopback.SERVED : Loopback.NOT_SERVED,
                config.conntrack().tcpBeLiberal() ? Invalid.FORWARDED : Invalid.DROPPED,
                dispatch);
    }

    /// Takes everything of all modes out of the kernel.
    static Removed cleanup() throws ProxyStartException {
        try {
            return new Removed(NftCleanup.run(), NetlinkCleanup.run() + LegacyCleanup.run());
        } catch (NftException | IptablesException refused) {
            throw new ProxyStartException("not everything was removed", refused);
        }
    }
}
