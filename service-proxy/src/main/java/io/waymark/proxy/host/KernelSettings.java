package io.waymark.proxy.host;

import io.waymark.proxy.config.ConntrackSettings;
import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.host.KernelSetting.Rule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Which settings of the kernel a configuration asks for, with kube-proxy's numbers.
final class KernelSettings {
    /// However many processors there are: an entry takes some 300 octets.
    private static final long TRACKED_MAX = 1 << 20;

    private static final String CONNTRACK = "proc/sys/net/netfilter/nf_conntrack_";

    private final List<KernelSetting> settings = new ArrayList<>();

    private KernelSettings() {}

    /// @param processors of the host, whatever part of them this process may use
    static List<KernelSetting> of(ProxyConfig config, int processors) {
        var made = new KernelSettings();
        made.conntrack(config.conntrack(), processors);
        // A packet that came in for 127.0.0.1 is routed on only if the kernel is told to.
        if (config.servesNodePortsOnLoopback()) {
            made.exactly("proc/sys/net/ipv4/conf/all/route_localnet", 1, "iptables.localhostNodePorts");
        }
        return List.copyOf(made.settings);
    }

    private void conntrack(ConntrackSettings conntrack, int processors) {
        if (conntrack.maxPerCore() > 0) {
            long scaled = (long) conntrack.maxPerCore() * processors;
            long entries = scaled > TRACKED_MAX ? TRACKED_MAX : Math.max(scaled, conntrack.min());
            exactly(CONNTRACK + "max", entries, "conntrack.maxPerCore and conntrack.min");
            // Lists of four entries: longer ones are slow to search.
            settings.add(new KernelSetting(
                    "sys/module/nf_conntrack/parameters/hashsize",
                    entries / 4,
                    Rule.AT_LEAST,
                    "conntrack.maxPerCore and conntrack.min"));
        }
        seconds("tcp_timeout_established", conntrack.tcpEstablishedTimeout(), "conntrack.tcpEstablishedTimeout");
        seconds("tcp_timeout_close_wait", conntrack.tcpCloseWaitTimeout(), "conntrack.tcpCloseWaitTimeout");
        if (conntrack.tcpBeLiberal()) {
            exactly(CONNTRACK + "tcp_be_liberal", 1, "conntrack.tcpBeLiberal");
        }
        seconds("udp_timeout", conntrack.udpTimeout(), "conntrack.udpTimeout");
        seconds("udp_timeout_stream", conntrack.udpStreamTimeout(), "conntrack.udpStreamTimeout");
    }

    private void seconds(String name, Duration timeout, String asked) {
        if (!timeout.isZero()) {
            exactly(CONNTRACK + name, timeout.toSeconds(), asked);
        }
    }

    private void exactly(String file, long value, String asked) {
        settings.add(new KernelSetting(file, value, Rule.EXACTLY, asked));
    }
}
