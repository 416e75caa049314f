package io.waymark.proxy.config;

import java.util.List;

/// One of kube-proxy's flags that stand for a field of the configuration, and its table.
/// @param name        with its dashes
/// @param path        the field, a dot between its names; its first one may be [#MODE]
/// @param type        how the value is written
/// @param description for the help
public record ProxyFlag(String name, String path, Type type, String description) {

    /// How a flag's value is written in the file.
    public enum Type {
        TEXT,
        NUMBER,
        FLAG,
        LIST
    }

    /// Stands for the section of the mode in use.
    static final String MODE = "MODE";

    /// All of them, in kube-proxy's order.
    public static final List<ProxyFlag> ALL = List.of(
            text("--bind-address", "bindAddress", "The Node's own address, instead of what its Node object says."),
            flag("--bind-address-hard-fail", "bindAddressHardFail", "End if an address cannot be listened on."),
            text("--cluster-cidr", "clusterCIDR", "The range of Pods, or one of each family with a comma between."),
            text("--config-sync-period", "configSyncPeriod", "Accepted as by kube-proxy."),
            number("--conntrack-max-per-core", "conntrack.maxPerCore", "Tracked connections for each processor."),
            number("--conntrack-min", "conntrack.min", "Tracked connections at least."),
            flag("--conntrack-tcp-be-liberal", "conntrack.tcpBeLiberal", "Set nf_conntrack_tcp_be_liberal."),
            text("--conntrack-tcp-timeout-close-wait", "conntrack.tcpCloseWaitTimeout", "Timeout in CLOSE_WAIT."),
            text("--conntrack-tcp-timeout-established", "conntrack.tcpEstablishedTimeout", "Timeout when idle."),
            text("--conntrack-udp-timeout", "conntrack.udpTimeout", "Timeout of UDP that nobody answered."),
            text("--conntrack-udp-timeout-stream", "conntrack.udpStreamTimeout", "Timeout of UDP that was answered."),
            text("--detect-local-mode", "detectLocalMode", "How Pods are told from others."),
            text("--healthz-bind-address", "healthzBindAddress", "Where /healthz is served."),
            text("--hostname-override", "hostnameOverride", "The name of this Node."),
            flag("--iptables-localhost-nodeports", "iptables.localhostNodePorts", "Node ports on loopback too."),
            number("--iptables-masquerade-bit", "iptables.masqueradeBit", "The bit of the mark, 0 to 31."),
            text("--iptables-min-sync-period", MODE + ".minSyncPeriod", "How long changes may be gathered."),
            text("--iptables-sync-period", MODE + ".syncPeriod", "How often all is looked at again."),
            list("--ipvs-exclude-cidrs", "ipvs.excludeCIDRs", "Virtual servers there are left alone."),
            text("--ipvs-min-sync-period", MODE + ".minSyncPeriod", "How long changes may be gathered."),
            text("--ipvs-scheduler", "ipvs.scheduler", "The scheduler of virtual servers."),
            flag("--ipvs-strict-arp", "ipvs.strictARP", "Set arp_ignore and arp_announce."),
            text("--ipvs-sync-period", MODE + ".syncPeriod", "How often all is looked at again."),
            text("--ipvs-tcp-timeout", "ipvs.tcpTimeout", "Timeout of idle TCP connections."),
            text("--ipvs-tcpfin-timeout", "ipvs.tcpFinTimeout", "Timeout after a FIN."),
            text("--ipvs-udp-timeout", "ipvs.udpTimeout", "Timeout of UDP."),
            number("--kube-api-burst", "clientConnection.burst", "Requests at once."),
            text("--kube-api-content-type", "clientConnection.contentType", "Accepted as by kube-proxy."),
            number("--kube-api-qps", "clientConnection.qps", "Requests a second."),
            text("--kubeconfig", "clientConnection.kubeconfig", "Where the API server is, and who we are."),
            text("--logging-format", "logging.format", "text or json."),
            flag("--masquerade-all", MODE + ".masqueradeAll", "Masquerade all packets to cluster IPs."),
            text("--metrics-bind-address", "metricsBindAddress", "Where /metrics is served."),
            list("--nodeport-addresses", "nodePortAddresses", "Prefixes of node addresses, or primary."),
            number("--oom-score-adj", "oomScoreAdj", "-1000 to 1000."),
            text("--pod-bridge-interface", "detectLocal.bridgeInterface", "The bridge that Pods are on."),
            text("--pod-interface-name-prefix", "detectLocal.interfaceNamePrefix", "How Pods' interfaces begin."),
            flag("--profiling", "enableProfiling", "Accepted as by kube-proxy."),
            text("--proxy-mode", "mode", "iptables, nftables or ipvs."),
            text("--show-hidden-metrics-for-version", "showHiddenMetricsForVersion", "Accepted as by kube-proxy."),
            number("-v", "logging.verbosity", "How much is logged."));

    private static ProxyFlag text(String name, String path, String description) {
        return new ProxyFlag(name, path, Type.TEXT, description);
    }

    private static ProxyFlag number(String name, String path, String description) {
        return new ProxyFlag(name, path, Type.NUMBER, description);
    }

    private static ProxyFlag flag(String name, String path, String description) {
        return new ProxyFlag(name, path, Type.FLAG, description);
    }

    private static ProxyFlag list(String name, String path, String description) {
        return new ProxyFlag(name, path, Type.LIST, description);
    }
}
