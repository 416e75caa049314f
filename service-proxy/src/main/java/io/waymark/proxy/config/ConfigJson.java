package io.waymark.proxy.config;

import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.records.address.Cidr;
import io.waymark.source.document.GoDuration;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/// Writes a configuration as kube-proxy's `/configz` shows it, field for field in its order.
public final class ConfigJson {
    private ConfigJson() {}

    /// The whole page.
    public static String of(ProxyConfig config) {
        return ("{\"kubeproxy.config.k8s.io\":{\"kind\":\"" + ConfigReader.KIND + "\",\"apiVersion\":\""
                        + ConfigReader.API_VERSION + "\",")
                + client(config.client()) + log(config.log())
                + field("hostnameOverride", config.node().hostnameOverride())
                + field("bindAddress", config.node().bindAddress().toString())
                + field("healthzBindAddress", config.serving().healthz())
                + field("metricsBindAddress", config.serving().metrics())
                + "\"bindAddressHardFail\":" + config.serving().hardFail()
                + ",\"enableProfiling\":" + config.serving().profiling()
                + ",\"showHiddenMetricsForVersion\":\"\","
                + field("mode", config.mode().text())
                + iptables(config.modes().iptables()) + ipvs(config.modes().ipvs())
                + nftables(config.modes().nftables())
                + """
                "winkernel":{"networkName":"","sourceVip":"","enableDSR":false,"rootHnsEndpointName":"",\
                "forwardHealthCheckVip":false},"""
                + local(config.localTraffic())
                + "\"nodePortAddresses\":" + addresses(config.node().nodePortAddresses())
                + ",\"oomScoreAdj\":" + config.oomScoreAdj() + "," + conntrack(config.conntrack())
                + "\"configSyncPeriod\":" + text(config.client().syncPeriod()) + ",\"portRange\":\"\"}}";
    }

    private static String client(ApiClient client) {
        return "\"clientConnection\":{" + field("kubeconfig", client.kubeconfig())
                + field("acceptContentTypes", client.acceptContentTypes())
                + field("contentType", client.contentType()) + "\"qps\":"
                + BigDecimal.valueOf(client.qps()).stripTrailingZeros().toPlainString() + ",\"burst\":"
                + client.burst() + "},";
    }

    private static String log(LogSettings log) {
        return "\"logging\":{" + field("format", log.format()) + "\"flushFrequency\":\"5s\",\"verbosity\":"
                + log.verbosity()
                + ",\"options\":{\"text\":{\"infoBufferSize\":\"0\"},\"json\":{\"infoBufferSize\":\"0\"}}},";
    }

    private static String masquerading(ModeSettings.Masquerading masquerading) {
        return "\"masqueradeBit\":" + masquerading.bit() + ",\"masqueradeAll\":" + masquerading.all() + ",";
    }

    private static String pace(Pace pace) {
        return "\"syncPeriod\":" + text(pace.syncPeriod()) + ",\"minSyncPeriod\":" + text(pace.minSyncPeriod());
    }

    private static String iptables(ModeSettings.Iptables iptables) {
        return "\"iptables\":{" + masquerading(iptables.masquerading()) + "\"localhostNodePorts\":"
                + iptables.localhostNodePorts() + "," + pace(iptables.pace()) + "},";
    }

    private static String ipvs(ModeSettings.Ipvs ipvs) {
        return "\"ipvs\":{" + pace(ipvs.pace()) + "," + field("scheduler", ipvs.scheduler()) + "\"excludeCIDRs\":"
                + list(ipvs.excludeCidrs().stream().map(Cidr::toString).toList()) + ",\"strictARP\":"
                + ipvs.strictArp() + ",\"tcpTimeout\":" + text(ipvs.timeouts().tcp()) + ",\"tcpFinTimeout\":"
                + text(ipvs.timeouts().tcpFin()) + ",\"udpTimeout\":"
                + text(ipvs.timeouts().udp()) + "},";
    }

    private static String nftables(ModeSettings.Nftables nftables) {
        return "\"nftables\":{" + masquerading(nftables.masquerading()) + pace(nftables.pace()) + "},";
    }

    private static String local(LocalTraffic local) {
        var cidrs = local.clusterCidrs().stream().map(Cidr::toString).collect(Collectors.joining(","));
        return field("detectLocalMode", local.mode().name()) + "\"detectLocal\":{\"bridgeInterface\":"
                + quoted(local.bridgeInterface()) + ",\"interfaceNamePrefix\":" + quoted(local.interfaceNamePrefix())
                + "}," + field("clusterCIDR", cidrs);
    }

    private static String addresses(NodePortAddresses addresses) {
        return switch (addresses) {
            case NodePortAddresses.All it -> "null";
            case NodePortAddresses.Primary it -> list(List.of("primary"));
            case NodePortAddresses.Inside(var cidrs) ->
                list(cidrs.stream().map(Cidr::toString).toList());
        };
    }

    private static String conntrack(ConntrackSettings conntrack) {
        return "\"conntrack\":{\"maxPerCore\":" + conntrack.maxPerCore() + ",\"min\":" + conntrack.min()
                + ",\"tcpEstablishedTimeout\":" + text(conntrack.tcpEstablishedTimeout())
                + ",\"tcpCloseWaitTimeout\":" + text(conntrack.tcpCloseWaitTimeout())
                + ",\"tcpBeLiberal\":" + conntrack.tcpBeLiberal() + ",\"udpTimeout\":" + text(conntrack.udpTimeout())
                + ",\"udpStreamTimeout\":" + text(conntrack.udpStreamTimeout()) + "},";
    }

    private static String list(List<String> items) {
        return items.isEmpty()
                ? "null"
                : items.stream().map(ConfigJson::quoted).collect(Collectors.joining(",", "[", "]"));
    }

    private static String field(String name, String value) {
        return quoted(name) + ":" + quoted(value) + ",";
    }

    private static String text(Duration duration) {
        return quoted(GoDuration.print(duration));
    }

    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
