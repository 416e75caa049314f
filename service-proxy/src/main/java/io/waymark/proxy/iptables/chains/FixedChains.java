package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.iptables.chains.ChainOptions.Invalid;
import io.waymark.proxy.iptables.chains.Match.Is;
import io.waymark.proxy.iptables.chains.Match.State;
import io.waymark.proxy.rules.node.NodePortTargets;
import io.waymark.proxy.rules.node.NodePortTargets.Loopback;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpFamily;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;

/// The chains that do not depend on Services, and the jumps to ours from the chains that the kernel
/// itself calls.
public final class FixedChains {
    private static final Cidr LOOPBACK = Cidr.of("127.0.0.0/8");
    private static final Cidr LOOPBACK_6 = Cidr.of("::1/128");
    private static final Match NEW = new Match.InState(Set.of(State.NEW), Is.THIS);

    private FixedChains() {}

    /// A rule of a chain that belongs to everybody.
    /// @param from one of the chains that the kernel calls
    public record Hook(ChainId from, ChainRule rule) {
        /// The chain that it leads to.
        public String to() {
            return rule.target() instanceof Target.Jump(var chain) ? chain : "";
        }
    }

    /// The rules of each, those that others lead to first. Chains that Services fill are not here.
    public static SequencedMap<ChainId, List<ChainRule>> of(NodeRules node, ChainOptions options) {
        int mark = node.masqueradeMark();
        var chains = new LinkedHashMap<ChainId, List<ChainRule>>();
        chains.put(ChainId.nat(ChainNames.MARK_MASQ), List.of(ChainRule.of(new Target.SetMark(mark))));
        chains.put(
                ChainId.nat(ChainNames.POSTROUTING),
                List.of(
                        ChainRule.of(new Target.Return(), new Match.Marked(mark, Is.NOT)),
                        // A packet may pass here again, encapsulated, and is not masqueraded twice.
                        ChainRule.of(new Target.FlipMark(mark)),
                        ChainRule.of(
                                new Target.Masquerade(),
                                new Match.Comment("kubernetes service traffic requiring SNAT"))));
        var forward = new ArrayList<ChainRule>();
        if (options.invalid() == Invalid.DROPPED) {
            forward.add(ChainRule.of(new Target.Drop(), new Match.InState(Set.of(State.INVALID), Is.THIS)));
        }
        forward.add(ChainRule.of(
                new Target.Accept(),
                new Match.Comment("kubernetes forwarding rules"),
                new Match.Marked(mark, Is.THIS)));
        forward.add(ChainRule.of(
                new Target.Accept(),
                new Match.Comment("kubernetes forwarding conntrack rule"),
                new Match.InState(Set.of(State.RELATED, State.ESTABLISHED), Is.THIS)));
        chains.put(ChainId.filter(ChainNames.FORWARD), forward);
        if (hasFirewall(node.family(), options)) {
            chains.put(ChainId.filter(ChainNames.FIREWALL), List.of(firewall()));
        }
        for (var table : Table.values()) {
            chains.put(new ChainId(table, ChainNames.CANARY), List.of());
        }
        return chains;
    }

    /// With `route_localnet` the node would take packets to 127.0.0.1 from its neighbours
    /// (CVE-2020-8558).
    public static ChainRule firewall() {
        return ChainRule.of(
                new Target.Drop(),
                new Match.Source(LOOPBACK, Is.NOT),
                new Match.Destination(LOOPBACK, Is.THIS),
                new Match.Comment("block incoming localnet connections"),
                new Match.InState(Set.of(State.RELATED, State.ESTABLISHED, State.DNAT), Is.NOT));
    }

    private static boolean hasFirewall(IpFamily family, ChainOptions options) {
        return family == IpFamily.IPV4 && options.localhostNodePorts() == Loopback.SERVED;
    }

    /// What follows the Services in `KUBE-SERVICES`: the way to the node ports.
    public static List<ChainRule> last(NodeRules node) {
        var comment = new Match.Comment("kubernetes service nodeports; NOTE: this must be the last rule in this chain");
        return switch (node.nodePorts()) {
            case NodePortTargets.Only(var addresses) ->
                addresses.stream()
                        .map(address -> ChainRule.jump(
                                ChainNames.NODE_PORTS,
                                new Match.Destination(PortChains.host(address), Is.THIS),
                                comment))
                        .toList();
            case NodePortTargets.EveryLocal(var loopback) -> {
                var matches = new ArrayList<Match>();
                switch (loopback) {
                    case SERVED -> {}
                    case NOT_SERVED ->
                        matches.add(
                                new Match.Destination(node.family() == IpFamily.IPV4 ? LOOPBACK : LOOPBACK_6, Is.NOT));
                }
                matches.add(comment);
                matches.add(new Match.ToLocal());
                yield List.of(new ChainRule(matches, new Target.Jump(ChainNames.NODE_PORTS)));
            }
        };
    }

    /// In the order in which a chain has them: the first is the first rule of its chain.
    public static List<Hook> hooks(IpFamily family, ChainOptions options) {
        var portals = new Match.Comment("kubernetes service portals");
        var external = new Match.Comment("kubernetes externally-visible service portals");
        var balancers = new Match.Comment("kubernetes load balancer firewall");
        var hooks = new ArrayList<Hook>();
        filter(hooks, "INPUT", ChainNames.PROXY_FIREWALL, NEW, balancers);
        filter(hooks, "INPUT", ChainNames.NODE_PORTS, new Match.Comment("kubernetes health check service ports"));
        filter(hooks, "INPUT", ChainNames.EXTERNAL_SERVICES, NEW, external);
        filter(hooks, "FORWARD", ChainNames.PROXY_FIREWALL, NEW, balancers);
        filter(hooks, "FORWARD", ChainNames.FORWARD, new Match.Comment("kubernetes forwarding rules"));
        filter(hooks, "FORWARD", ChainNames.SERVICES, NEW, portals);
        filter(hooks, "FORWARD", ChainNames.EXTERNAL_SERVICES, NEW, external);
        filter(hooks, "OUTPUT", ChainNames.PROXY_FIREWALL, NEW, balancers);
        filter(hooks, "OUTPUT", ChainNames.SERVICES, NEW, portals);
        if (hasFirewall(family, options)) {
            filter(hooks, "INPUT", ChainNames.FIREWALL);
            filter(hooks, "OUTPUT", ChainNames.FIREWALL);
        }
        nat(hooks, "PREROUTING", ChainNames.SERVICES, portals);
        nat(hooks, "OUTPUT", ChainNames.SERVICES, portals);
        nat(hooks, "POSTROUTING", ChainNames.POSTROUTING, new Match.Comment("kubernetes postrouting rules"));
        return hooks;
    }

    private static void filter(List<Hook> hooks, String from, String to, Match... matches) {
        hooks.add(new Hook(ChainId.filter(from), ChainRule.jump(to, matches)));
    }

    private static void nat(List<Hook> hooks, String from, String to, Match... matches) {
        hooks.add(new Hook(ChainId.nat(from), ChainRule.jump(to, matches)));
    }
}
