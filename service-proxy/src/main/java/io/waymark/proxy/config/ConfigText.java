package io.waymark.proxy.config;

import io.waymark.proxy.rules.node.NodePortAddresses;
import io.waymark.records.address.Cidr;
import io.waymark.source.document.GoDuration;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Writes a configuration as the file that means it, every field with its value: letter for letter
/// what kube-proxy's `--write-config-to` writes.
public final class ConfigText {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z/.0-9][A-Za-z0-9./_:,-]*");
    private static final Pattern OTHER_TYPE =
            Pattern.compile("(?i)true|false|yes|no|on|off|null|y|n|[0-9.]+(e[0-9]+)?|0x[0-9a-f]+");

    private ConfigText() {}

    /// The whole document.
    public static String of(ProxyConfig config) {
        var conntrack = config.conntrack();
        var local = config.localTraffic();
        return """
                apiVersion: %s
                bindAddress: %s
                bindAddressHardFail: %s
                %sclusterCIDR: %s
                configSyncPeriod: %s
                conntrack:
                  maxPerCore: %d
                  min: %d
                  tcpBeLiberal: %s
                  tcpCloseWaitTimeout: %s
                  tcpEstablishedTimeout: %s
                  udpStreamTimeout: %s
                  udpTimeout: %s
                detectLocal:
                  bridgeInterface: %s
                  interfaceNamePrefix: %s
                detectLocalMode: %s
                enableProfiling: %s
                healthzBindAddress: %s
                hostnameOverride: %s
                %skind: %s
                logging:
                  flushFrequency: 5s
                  format: %s
                  options:
                    json:
                      infoBufferSize: "0"
                    text:
                      infoBufferSize: "0"
                  verbosity: %d
                metricsBindAddress: %s
                mode: %s
                %snodePortAddresses:%s
                oomScoreAdj: %d
                portRange: ""
                showHiddenMetricsForVersion: ""
                winkernel:
                  enableDSR: false
                  forwardHealthCheckVip: false
                  networkName: ""
                  rootHnsEndpointName: ""
                  sourceVip: ""
                """.formatted(
                ConfigReader.API_VERSION,
                text(config.node().bindAddress().toString()),
                config.serving().hardFail(),
                client(config.client()),
                text(local.clusterCidrs().stream().map(Cidr::toString).collect(Collectors.joining(","))),
                GoDuration.print(config.client().syncPeriod()),
                conntrack.maxPerCore(),
                conntrack.min(),
                conntrack.tcpBeLiberal(),
                GoDuration.print(conntrack.tcpCloseWaitTimeout()),
                GoDuration.print(conntrack.tcpEstablishedTimeout()),
                GoDuration.print(conntrack.udpStreamTimeout()),
                GoDuration.print(conntrack.udpTimeout()),
                text(local.bridgeInterface()),
                text(local.interfaceNamePrefix()),
                local.mode(),
                config.serving().profiling(),
                text(config.serving().healthz()),
                text(config.node().hostnameOverride()),
                iptables(config.modes().iptables()) + ipvs(config.modes().ipvs()),
                ConfigReader.KIND,
                config.log().format(),
                config.log().verbosity(),
                text(config.serving().metrics()),
                config.mode().text(),
                nftables(config.modes().nftables()),
                nodePortAddresses(config.node().nodePortAddresses()),
                config.oomScoreAdj());
    }

    private static String client(ApiClient client) {
        return """
                clientConnection:
                  acceptContentTypes: %s
                  burst: %d
                  contentType: %s
                  kubeconfig: %s
                  qps: %s
                """.formatted(
                        text(client.acceptContentTypes()),
                        client.burst(),
                        text(client.contentType()),
                        text(client.kubeconfig()),
                        BigDecimal.valueOf(client.qps()).stripTrailingZeros().toPlainString());
    }

    private static String iptables(ModeSettings.Iptables iptables) {
        return """
                iptables:
                  localhostNodePorts: %s
                  masqueradeAll: %s
                  masqueradeBit: %d
                  minSyncPeriod: %s
                  syncPeriod: %s
                """.formatted(
                        iptables.localhostNodePorts(),
                        iptables.masquerading().all(),
                        iptables.masquerading().bit(),
                        GoDuration.print(iptables.pace().minSyncPeriod()),
                        GoDuration.print(iptables.pace().syncPeriod()));
    }

    private static String ipvs(ModeSettings.Ipvs ipvs) {
        return """
                ipvs:
                  excludeCIDRs:%s
                  minSyncPeriod: %s
                  scheduler: %s
                  strictARP: %s
                  syncPeriod: %s
                  tcpFinTimeout: %s
                  tcpTimeout: %s
                  udpTimeout: %s
                """.formatted(
                        list(ipvs.excludeCidrs().stream().map(Cidr::toString).toList(), "  "),
                        GoDuration.print(ipvs.pace().minSyncPeriod()),
                        text(ipvs.scheduler()),
                        ipvs.strictArp(),
                        GoDuration.print(ipvs.pace().syncPeriod()),
                        GoDuration.print(ipvs.timeouts().tcpFin()),
                        GoDuration.print(ipvs.timeouts().tcp()),
                        GoDuration.print(ipvs.timeouts().udp()));
    }

    private static String nftables(ModeSettings.Nftables nftables) {
        return """
                nftables:
                  masqueradeAll: %s
                  masqueradeBit: %d
                  minSyncPeriod: %s
                  syncPeriod: %s
                """.formatted(
                        nftables.masquerading().all(),
                        nftables.masquerading().bit(),
                        GoDuration.print(nftables.pace().minSyncPeriod()),
                        GoDuration.print(nftables.pace().syncPeriod()));
    }

    private static String nodePortAddresses(NodePortAddresses addresses) {
        return switch (addresses) {
            case NodePortAddresses.All it -> list(List.of(), "");
            case NodePortAddresses.Primary it -> list(List.of("primary"), "");
            case NodePortAddresses.Inside(var cidrs) ->
                list(cidrs.stream().map(Cidr::toString).toList(), "");
        };
    }

    private static String list(List<String> items, String indent) {
        return items.isEmpty()
                ? " null"
                : items.stream().map(item -> "\n" + indent + "- " + text(item)).collect(Collectors.joining());
    }

    private static String text(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !text.endsWith(":");
        if (text.isEmpty() || OTHER_TYPE.matcher(text).matches() && !isAddress(text)) {
            return '"' + text + '"';
        }
        return plain ? text : "'" + text.replace("'", "''") + "'";
    }

    private static boolean isAddress(String text) {
        return text.chars().filter(c -> c == '.').count() > 1;
    }
}
