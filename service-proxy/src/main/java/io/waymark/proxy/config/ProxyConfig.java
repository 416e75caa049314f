package io.waymark.proxy.config;

import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.proxy.rules.node.NodePortTargets.Loopback;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;

/// A `KubeProxyConfiguration`, completed and found sound.
/// @param oomScoreAdj -1000 to 1000
public record ProxyConfig(
        ProxyMode mode,
        NodeIdentity node,
        LocalTraffic localTraffic,
        ApiClient client,
        Serving serving,
        ModeSettings modes,
        ConntrackSettings conntrack,
        int oomScoreAdj,
        LogSettings log) {
    static final int OOM_SCORE_ADJ = -999;
    private static final IpAddress LOOPBACK = IpAddress.of("127.0.0.1");

    /// What an empty file means in a mode.
    public static ProxyConfig defaults(ProxyMode mode) {
        var addresses = mode == ProxyMode.NFTABLES ? new NodePortAddresses.Primary() : new NodePortAddresses.All();
        return new ProxyConfig(
                mode,
                new NodeIdentity("", IpAddress.of("0.0.0.0"), addresses),
                LocalTraffic.DEFAULT,
                ApiClient.DEFAULT,
                Serving.DEFAULT,
                ModeSettings.defaults(mode),
                ConntrackSettings.DEFAULT,
                OOM_SCORE_ADJ,
                LogSettings.DEFAULT);
    }

    ProxyConfig with(NodeIdentity otherNode, LogSettings otherLog) {
        return new ProxyConfig(mode, otherNode, localTraffic, client, serving, modes, conntrack, oomScoreAdj, otherLog);
    }

    /// How often the mode in use programs rules.
    public Pace pace() {
        return switch (mode) {
            case IPTABLES -> modes.iptables().pace();
            case IPVS -> modes.ipvs().pace();
            case NFTABLES -> modes.nftables().pace();
        };
    }

    /// What of this the rules need. IPVS takes its marks from `iptables`, as kube-proxy does.
    public RuleConfig rules() {
        var masquerading = mode == ProxyMode.NFTABLES
                ? modes.nftables().masquerading()
                : modes.iptables().masquerading();
        boolean loopback = mode == ProxyMode.IPTABLES && modes.iptables().localhostNodePorts();
        return new RuleConfig(
                localTraffic.detector(),
                masquerading.all() ? RuleConfig.MasqueradeAll.YES : RuleConfig.MasqueradeAll.NO,
                masquerading.mark(),
                node.nodePortAddresses(),
                loopback ? Loopback.SERVED : Loopback.NOT_SERVED,
                mode == ProxyMode.NFTABLES ? RuleConfig.Form.NFTABLES : RuleConfig.Form.IPTABLES);
    }

    /// Whether node ports are served on 127.0.0.1: in iptables mode, unless it is switched off or the
    /// addresses that serve them do not include it.
    public boolean servesNodePortsOnLoopback() {
        if (mode != ProxyMode.IPTABLES || !modes.iptables().localhostNodePorts()) {
            return false;
        }
        return switch (node.nodePortAddresses()) {
            case NodePortAddresses.All all -> true;
            case NodePortAddresses.Primary primary -> false;
            case NodePortAddresses.Inside(var cidrs) ->
                cidrs.stream()
                        .filter(cidr -> cidr.family() == IpFamily.IPV4)
                        .anyMatch(cidr ->
                                cidr.contains(LOOPBACK) || cidr.network().isLoopback() || cidr.prefixLength() == 0);
        };
    }
}
