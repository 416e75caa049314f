package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.iptables.chains.Match.Is;
import io.waymark.proxy.rules.AdmittedSources;
import io.waymark.proxy.rules.Entry;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Protocol;
import java.util.ArrayList;
import java.util.List;

/// The rules of one Service port in the chains that all Services share: what leads packets to its own
/// chains ([PortChains]), and what is refused or dropped in table `filter`.
public final class PortEntries {
    private final ServiceRules rules;
    private final NodeRules node;
    private final ServicePortKey key;
    private final String name;
    private final List<Placed> placed = new ArrayList<>();

    private PortEntries(ServiceRules rules, NodeRules node) {
        this.rules = rules;
        this.node = node;
        key = rules.key();
        name = key.text();
    }

    /// One rule and the chain that it belongs to.
    public record Placed(ChainId chain, ChainRule rule) {}

    /// In kube-proxy's order of frontends: cluster IP, external IPs, load balancer IPs, node port.
    public static List<Placed> of(ServiceRules rules, NodeRules node) {
        var made = new PortEntries(rules, node);
        for (var kind : List.of(
                Frontend.ClusterIp.class,
                Frontend.ExternalIp.class,
                Frontend.LoadBalancerIp.class,
                Frontend.NodePort.class)) {
            rules.frontends().stream().filter(kind::isInstance).forEach(made::frontend);
        }
        made.health();
        return made.placed;
    }

    private void frontend(Frontend frontend) {
        switch (frontend) {
            case Frontend.ClusterIp(var address, var protocol, int port) -> clusterIp(address, port);
            case Frontend.ExternalIp(var address, var protocol, int port) -> external(address, port, " external IP");
            case Frontend.LoadBalancerIp(var address, var protocol, int port) -> {
                external(address, port, " loadbalancer IP");
                unadmitted(address, port);
            }
            case Frontend.NodePort(var family, var protocol, int port) -> nodePort(port);
        }
    }

    private void clusterIp(IpAddress address, int port) {
        switch (rules.internal()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> refuse(ChainNames.SERVICES, address, port);
            case Entry.DropAll it -> drop(ChainNames.SERVICES, address, port);
            case Entry.Balance(var list, var masquerade) -> {
                var chain = switch (list) {
                    case CLUSTER -> ChainNames.service(key);
                    case LOCAL -> ChainNames.local(key);
                };
                lead(chain, to(address, port, key.protocol(), name + " cluster IP"));
            }
            case Entry.KeepSource it -> throw new IllegalStateException("only external addresses keep the source");
        }
    }

    private void external(IpAddress address, int port, String what) {
        switch (rules.external()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> refuse(ChainNames.EXTERNAL_SERVICES, address, port);
            case Entry.DropAll it -> drop(ChainNames.EXTERNAL_SERVICES, address, port);
            case Entry.Balance it -> lead(entrance(what), to(address, port, key.protocol(), name + what));
            case Entry.KeepSource(var local) -> {
                lead(entrance(what), to(address, port, key.protocol(), name + what));
                if (local == Entry.Local.NONE) {
                    drop(ChainNames.EXTERNAL_SERVICES, address, port);
                }
            }
        }
    }

    private String entrance(String what) {
        boolean isGuarded = what.equals(" loadbalancer IP") && rules.admitted() instanceof AdmittedSources.Within;
        return isGuarded ? ChainNames.sources(key) : ChainNames.external(key);
    }

    private void unadmitted(IpAddress address, int port) {
        if (rules.admitted() instanceof AdmittedSources.Within) {
            var comment = name + " traffic not accepted by " + ChainNames.sources(key);
            var rule = new ChainRule(to(address, port, key.protocol(), comment), new Target.Drop());
            placed.add(new Placed(ChainId.filter(ChainNames.PROXY_FIREWALL), rule));
        }
    }

    private void nodePort(int port) {
        switch (rules.external()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> atNodePort(port, " has no endpoints", new Target.Reject());
            case Entry.DropAll it -> atNodePort(port, " has no local endpoints", new Target.Drop());
            case Entry.Balance it -> leadNodePort(port);
            case Entry.KeepSource(var local) -> {
                leadNodePort(port);
                if (local == Entry.Local.NONE) {
                    atNodePort(port, " has no local endpoints", new Target.Drop());
                }
            }
        }
    }

    private void leadNodePort(int port) {
        var rule = ChainRule.jump(
                ChainNames.external(key),
                new Match.OfProtocol(key.protocol()),
                new Match.Comment(name),
                new Match.Port(key.protocol(), port, port));
        placed.add(new Placed(ChainId.nat(ChainNames.NODE_PORTS), rule));
    }

    /// At the addresses that serve node ports, and at no other.
    private void atNodePort(int port, String what, Target target) {
        var chain = ChainId.filter(ChainNames.EXTERNAL_SERVICES);
        switch (node.nodePorts()) {
            case NodePortTargets.EveryLocal it ->
                placed.add(new Placed(
                        chain,
                        ChainRule.of(
                                target,
                                new Match.OfProtocol(key.protocol()),
                                new Match.Comment(name + what),
                                new Match.ToLocal(),
                                new Match.Port(key.protocol(), port, port))));
            case NodePortTargets.Only(var addresses) -> {
                for (var address : addresses) {
                    placed.add(
                            new Placed(chain, new ChainRule(to(address, port, key.protocol(), name + what), target)));
                }
            }
        }
    }

    private void health() {
        int port = rules.health().port();
        if (port != 0) {
            var rule = ChainRule.of(
                    new Target.Accept(),
                    new Match.OfProtocol(Protocol.TCP),
                    new Match.Comment(name + " health check node port"),
                    new Match.Port(Protocol.TCP, port, port));
            placed.add(new Placed(ChainId.filter(ChainNames.NODE_PORTS), rule));
        }
    }

    private void lead(String chain, List<Match> matches) {
        placed.add(new Placed(ChainId.nat(ChainNames.SERVICES), new ChainRule(matches, new Target.Jump(chain))));
    }

    private void refuse(String chain, IpAddress address, int port) {
        var matches = to(address, port, key.protocol(), name + " has no endpoints");
        placed.add(new Placed(ChainId.filter(chain), new ChainRule(matches, new Target.Reject())));
    }

    private void drop(String chain, IpAddress address, int port) {
        var matches = to(address, port, key.protocol(), name + " has no local endpoints");
        placed.add(new Placed(ChainId.filter(chain), new ChainRule(matches, new Target.Drop())));
    }

    static List<Match> to(IpAddress address, int port, Protocol protocol, String comment) {
        return List.of(
                new Match.OfProtocol(protocol),
                new Match.Destination(PortChains.host(address), Is.THIS),
                new Match.Comment(comment),
                new Match.Port(protocol, port, port));
    }
}
