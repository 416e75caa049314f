package io.waymark.dns.plan;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.ServerBlock;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plan.ListenerPlan.ServedZone;
import io.waymark.dns.plugin.autopath.AutopathStage;
import io.waymark.dns.plugin.bind.BindStage;
import io.waymark.dns.plugin.kubernetes.KubernetesStage;
import io.waymark.dns.plugin.tls.TlsStage;
import io.waymark.dns.plugin.view.ViewStage;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.PodMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Compiles server blocks one after the other and watches over what they serve together: at one
/// address a zone has one block without a view, and a zone that is served at all addresses is not served at one
/// of them again (as for CoreDNS).
final class PlanCompiler {
    private static final Comparator<ListenerPlan> BY_ADDRESS =
            Comparator.comparing(ListenerPlan::transport).thenComparing(ListenerPlan::address);

    private final ListenAddress unbound;
    private final Function<String, List<IpAddress>> interfaces;
    private final Remarks remarks;
    private final List<BlockPlan> blocks = new ArrayList<>();
    private final Map<Endpoint, Map<DomainName, List<BlockPlan>>> served = new HashMap<>();
    private final Map<ZoneKey, Map<IpAddress, Position>> owners = new HashMap<>();
    private int number;

    private final Map<Port, Optional<TlsStage>> certificates = new HashMap<>();

    private record Port(Transport transport, int number) {}

    private record Endpoint(Transport transport, ListenAddress address) {}

    PlanCompiler(ListenAddress unbound, Function<String, List<IpAddress>> interfaces, Remarks remarks) {
        this.unbound = unbound;
        this.interfaces = interfaces;
        this.remarks = remarks;
    }

    void add(ServerBlock block) {
        number++;
        var keys = keys(block);
        var zones = keys.keySet().stream().map(ZoneKey::zone).distinct().toList();
        // With zones that cannot be read, the lines below them are still worth reading.
        var stages =
                PluginOrder.stages(block.directives(), zones.isEmpty() ? List.of(DomainName.ROOT) : zones, remarks);
        if (keys.isEmpty()) {
            return;
        }
        var plan = new BlockPlan(number, block.at(), List.copyOf(keys.keySet()), stages);
        blocks.add(plan);
        searched(plan);
        keys.forEach((key, token) -> encrypted(key, token, plan));
        var hosts = plan.stage(BindStage.class)
                .map(bind -> bind.addresses(interfaces, remarks))
                .orElse(List.of(unbound.address()));
        keys.forEach((key, token) -> hosts.forEach(host -> serve(key, token, host, plan)));
    }

    /// In the order of the text; each with the word it was written by.
    private Map<ZoneKey, Token> keys(ServerBlock block) {
        var keys = new LinkedHashMap<ZoneKey, Token>();
        for (Token token : block.keys()) {
            Optional<ZoneText> text = ZoneText.read(token, remarks);
            if (text.isEmpty()) {
                continue;
            }
            var transport = text.get().transport();
            if (!transport.isSupported()) {
                remarks.problem(
                        token,
                        "transport " + transport.scheme() + ":// is not supported yet by this version; serve the zone"
                                + " over dns://, tls:// or https://");
            }
            int port = text.get().port() != ZoneText.NO_PORT
                    ? text.get().port()
                    : transport == Transport.DNS ? unbound.port() : transport.port();
            for (DomainName zone : text.get().zones()) {
                Token earlier = keys.putIfAbsent(new ZoneKey(transport, zone, port), token);
                if (earlier != null) {
                    twice(token, new ZoneKey(transport, zone, port), "", earlier.at());
                }
            }
        }
        return keys;
    }

    // Without Pods nobody's namespace is known. CoreDNS says nothing of it, and walks no list.
    private void searched(BlockPlan plan) {
        var pods =
                plan.stage(KubernetesStage.class).map(stage -> stage.answers().pods());
        if (pods.isPresent()
                && pods.get() != PodMode.VERIFIED
                && plan.stage(AutopathStage.class).map(AutopathStage::search).orElse(null)
                        instanceof AutopathStage.Search.OfPod(var at)) {
            remarks.warning(
                    at,
                    "autopath: @kubernetes has no effect, for kubernetes of the same block has pods "
                            + Words.lowerCase(pods.get()) + "; write \"pods verified\" there");
        }
    }

    // CoreDNS serves such a zone without a word, which is right only behind somebody who ends the TLS.
    private void encrypted(ZoneKey key, Token token, BlockPlan plan) {
        if (!key.transport().isEncrypted() || !key.transport().isSupported()) {
            return;
        }
        var certificate = plan.stage(TlsStage.class);
        if (certificate.isEmpty()) {
            remarks.warning(
                    token,
                    key
                            + " is served without encryption, for its block has no certificate; add \"tls CERTIFICATE KEY\","
                            + " or see to it that a proxy before it ends the TLS");
        }
        var other = certificates.putIfAbsent(new Port(key.transport(), key.port()), certificate);
        if (other != null && !other.equals(certificate)) {
            remarks.problem(
                    token,
                    key + " and another block at this port have different certificates; one port has one: give both the"
                            + " same line tls, or different ports");
        }
    }

    private void serve(ZoneKey key, Token token, IpAddress host, BlockPlan plan) {
        var byHost = owners.computeIfAbsent(key, none -> new TreeMap<>());
        // Blocks with a view take only some of the queries, so there may be others beside them.
        boolean all = plan.stage(ViewStage.class).isEmpty();
        var same = byHost.get(host);
        if (same != null && all) {
            twice(token, key, on(host), same);
            return;
        }
        var everywhere = byHost.get(ListenAddress.ANY);
        if (everywhere != null && !host.equals(ListenAddress.ANY)) {
            twice(token, key, on(ListenAddress.ANY), everywhere);
        } else if (host.equals(ListenAddress.ANY) && everywhere == null && !byHost.isEmpty()) {
            var one = byHost.entrySet().iterator().next();
            twice(token, key, on(one.getKey()), one.getValue());
        }
        if (all) {
            byHost.put(host, token.at());
        }
        served.computeIfAbsent(
                        new Endpoint(key.transport(), new ListenAddress(host, key.port())), none -> new TreeMap<>())
                .computeIfAbsent(key.zone(), none -> new ArrayList<>())
                .add(plan);
    }

    private void twice(Token token, ZoneKey key, String where, Position first) {
        remarks.problem(
                token,
                key + " is already served" + where + " by " + first
                        + "; remove one of them, or give them different ports or bind addresses");
    }

    private static String on(IpAddress host) {
        return host.equals(ListenAddress.ANY) ? " on all addresses" : " on " + host;
    }

    List<BlockPlan> blocks() {
        return blocks;
    }

    /// One per transport and address, in their order.
    List<ListenerPlan> listeners() {
        return served.entrySet().stream()
                .map(entry -> new ListenerPlan(
                        entry.getKey().transport,
                        entry.getKey().address,
                        entry.getValue().entrySet().stream()
                                .flatMap(zone ->
                                        zone.getValue().stream().map(block -> new ServedZone(zone.getKey(), block)))
                                .toList()))
                .sorted(BY_ADDRESS)
                .toList();
    }
}
