package io.waymark.proxy.iptables.chains;

import io.waymark.proxy.iptables.chains.Match.Is;
import io.waymark.proxy.rules.AdmittedSources;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.Entry;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.Masquerade;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.PodDetector;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;

/// The chains of table `nat` that belong to one Service port alone, those that others lead to first.
/// What leads to them is in [PortEntries].
public final class PortChains {
    private final ServiceRules rules;
    private final NodeRules node;
    private final Comments comments;
    private final ServicePortKey key;
    private final String name;
    private final SequencedMap<String, List<ChainRule>> chains = new LinkedHashMap<>();

    private PortChains(ServiceRules rules, NodeRules node, Comments comments) {
        this.rules = rules;
        this.node = node;
        this.comments = comments;
        key = rules.key();
        name = key.text();
    }

    /// The rules of each, by name.
    public static SequencedMap<String, List<ChainRule>> of(ServiceRules rules, NodeRules node, Comments comments) {
        var made = new PortChains(rules, node, comments);
        made.endpoints();
        made.balance(ChainNames.service(rules.key()), BackendList.CLUSTER);
        made.balance(ChainNames.local(rules.key()), BackendList.LOCAL);
        made.external();
        made.sources();
        return made.chains;
    }

    /// Those of both lists, each once.
    private void endpoints() {
        var backends = new LinkedHashSet<>(used(BackendList.CLUSTER));
        backends.addAll(used(BackendList.LOCAL));
        for (var backend : backends) {
            var chain = ChainNames.endpoint(key, backend);
            var hairpin = new ArrayList<Match>();
            hairpin.add(new Match.Source(host(backend.address()), Is.THIS));
            comment(hairpin, name);
            var dnat = new ArrayList<Match>();
            dnat.add(new Match.OfProtocol(key.protocol()));
            comment(dnat, name);
            if (rules.affinitySeconds() > 0) {
                dnat.add(new Match.Remember(chain));
            }
            dnat.add(new Match.AnyPort(key.protocol()));
            chains.put(
                    chain,
                    List.of(
                            new ChainRule(hairpin, new Target.Jump(ChainNames.MARK_MASQ)),
                            new ChainRule(dnat, new Target.Dnat(backend))));
        }
    }

    private List<Backend> used(BackendList list) {
        return rules.uses(list) ? rules.backends(list) : List.of();
    }

    private void balance(String chain, BackendList list) {
        var backends = used(list);
        if (backends.isEmpty()) {
            return;
        }
        var written = new ArrayList<ChainRule>();
        if (rules.internal() instanceof Entry.Balance(var internal, var masquerade) && internal == list) {
            masquerade(masquerade, written);
        }
        if (rules.affinitySeconds() > 0) {
            for (var backend : backends) {
                var to = ChainNames.endpoint(key, backend);
                var matches = new ArrayList<Match>();
                comment(matches, name + " -> " + backend);
                matches.add(new Match.Remembered(to, rules.affinitySeconds()));
                written.add(new ChainRule(matches, new Target.Jump(to)));
            }
        }
        for (int left = backends.size(); left > 0; left--) {
            var backend = backends.get(backends.size() - left);
            var matches = new ArrayList<Match>();
            comment(matches, name + " -> " + backend);
            if (left > 1) {
                matches.add(new Match.OneIn(left));
            }
            written.add(new ChainRule(matches, new Target.Jump(ChainNames.endpoint(key, backend))));
        }
        chains.put(chain, written);
    }

    /// Packets to the cluster IP, unless they come from a Pod.
    private void masquerade(Masquerade masquerade, List<ChainRule> written) {
        if (masquerade == Masquerade.NEVER) {
            return;
        }
        for (var frontend : rules.frontends()) {
            if (frontend instanceof Frontend.ClusterIp(var address, var protocol, int port)) {
                var matches = new ArrayList<>(PortEntries.to(address, port, protocol, name + " cluster IP"));
                if (masquerade == Masquerade.UNLESS_POD) {
                    pods(matches, Is.NOT);
                }
                matches.sort(PortChains::byPlace);
                written.add(new ChainRule(matches, new Target.Jump(ChainNames.MARK_MASQ)));
            }
        }
    }

    /// The kernel looks at the interface first, then at the protocol, then at addresses.
    private static int byPlace(Match one, Match other) {
        return Integer.compare(place(one), place(other));
    }

    private static int place(Match match) {
        if (match instanceof Match.Interface) {
            return 0;
        }
        if (match instanceof Match.OfProtocol) {
            return 1;
        }
        return match instanceof Match.Source ? 2 : 3;
    }

    private boolean pods(List<Match> matches, Is is) {
        return switch (node.pods()) {
            case PodDetector.SourceIn(var cidr) -> matches.add(new Match.Source(cidr, is));
            case PodDetector.ArrivesBy(var device) -> matches.add(new Match.Interface(device, is));
            case PodDetector.ArrivesByAny(var prefix) -> matches.add(new Match.Interface(prefix + "+", is));
            case PodDetector.Nobody it -> false;
        };
    }

    private void external() {
        var service = ChainNames.service(key);
        var written = new ArrayList<ChainRule>();
        switch (rules.external()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> {}
            case Entry.DropAll it -> {}
            case Entry.Balance(var list, var masquerade) -> {
                var comment = new Match.Comment("masquerade traffic for " + name + " external destinations");
                if (masquerade != Masquerade.NEVER) {
                    written.add(ChainRule.jump(ChainNames.MARK_MASQ, comment));
                }
                written.add(ChainRule.jump(list == BackendList.CLUSTER ? service : ChainNames.local(key)));
            }
            case Entry.KeepSource(var local) -> {
                var pod = new ArrayList<Match>();
                if (pods(pod, Is.THIS)) {
                    pod.add(new Match.Comment("pod traffic for " + name + " external destinations"));
                    written.add(new ChainRule(pod, new Target.Jump(service)));
                }
                var masquerade = new Match.Comment("masquerade LOCAL traffic for " + name + " external destinations");
                written.add(ChainRule.jump(ChainNames.MARK_MASQ, masquerade, new Match.FromLocal()));
                var route = new Match.Comment("route LOCAL traffic for " + name + " external destinations");
                written.add(ChainRule.jump(service, route, new Match.FromLocal()));
                if (local == Entry.Local.SOME) {
                    written.add(ChainRule.jump(ChainNames.local(key)));
                }
            }
        }
        if (!written.isEmpty()) {
            chains.put(ChainNames.external(key), written);
        }
    }

    /// Who is not admitted falls through, keeps the load balancer's address as its destination, and is
    /// dropped for that in table `filter`.
    private void sources() {
        var external = ChainNames.external(key);
        if (!(rules.admitted() instanceof AdmittedSources.Within(var ranges, var addresses))
                || !chains.containsKey(external)) {
            return;
        }
        var comment = new Match.Comment(name + " loadbalancer IP");
        var written = new ArrayList<ChainRule>();
        for (var range : ranges) {
            written.add(ChainRule.jump(external, new Match.Source(range, Is.THIS), comment));
        }
        for (var address : addresses) {
            written.add(ChainRule.jump(external, new Match.Source(host(address), Is.THIS), comment));
        }
        var rest = new Match.Comment("other traffic to " + name + " will be dropped by " + ChainNames.PROXY_FIREWALL);
        written.add(ChainRule.of(new Target.None(), rest));
        chains.put(ChainNames.sources(key), written);
    }

    private void comment(List<Match> matches, String text) {
        switch (comments) {
            case WRITTEN -> matches.add(new Match.Comment(text));
            case LEFT_OUT -> {}
        }
    }

    /// The prefix that holds this address alone.
    static Cidr host(IpAddress address) {
        return new Cidr(address, address.octets().length * 8);
    }
}
