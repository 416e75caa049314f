package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.nftables.skeleton.Code;
import io.waymark.proxy.nftables.skeleton.Kind;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.nftables.skeleton.SizeClass;
import io.waymark.proxy.nftables.skeleton.Variant;
import io.waymark.proxy.rules.AdmittedSources;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.Entry;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.records.address.Cidr;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One Service port as it stands in the maps. Immutable.
/// @param id        its service id, never given to another one
/// @param endpoints their ids; of session affinity only, otherwise empty
record PlacedPort(int id, ServiceRules rules, DenseList cluster, DenseList local, Map<Backend, Integer> endpoints) {
    DenseList list(BackendList which) {
        return switch (which) {
            case CLUSTER -> cluster;
            case LOCAL -> local;
        };
    }

    boolean isSticky() {
        return rules.affinitySeconds() > 0;
    }

    /// The backends that rules ask for in a list; none if nothing leads to it.
    static List<Backend> wanted(ServiceRules rules, BackendList which) {
        if (rules.frontends().isEmpty() || !rules.uses(which)) {
            return List.of();
        }
        var backends = rules.backends(which);
        return backends.subList(0, Math.min(backends.size(), SizeClass.BACKENDS_MAX));
    }

    /// Frontends, entries and source ranges: what does not grow with the endpoints.
    void heads(ElementSink into) {
        boolean limited = false;
        for (var frontend : rules.frontends()) {
            var kind = kind(frontend);
            limited |= kind == Kind.FIREWALL;
            var set = switch (frontend) {
                case Frontend.NodePort it -> Maps.NODE_PORTS;
                case Frontend.ClusterIp it -> Maps.FRONTENDS;
                case Frontend.LoadBalancerIp it -> Maps.FRONTENDS;
                case Frontend.ExternalIp it -> Maps.FRONTENDS;
            };
            into.put(
                    set,
                    new Element.Mapping(
                            Keys.destination(frontend.destination()), Octets.ofHost(0, id, kind.number(), 0)));
        }
        if (rules.frontends().isEmpty()) {
            return;
        }
        if (limited) {
            entry(into, Kind.FIREWALL, Code.FIREWALL);
            for (var range : sources()) {
                into.put(Maps.LOAD_BALANCER_SOURCES, Keys.sources(id, range));
            }
        }
        internal(into);
        external(into);
        for (var list : BackendList.values()) {
            int size = list(list).size();
            if (isSticky() && size > 0) {
                entry(into, Kind.learn(list), Code.balanced(Variant.learn(list), SizeClass.of(size)));
                entry(into, Kind.plain(list), Code.balanced(Variant.raw(list), SizeClass.of(size)));
            }
        }
    }

    private Kind kind(Frontend frontend) {
        return switch (frontend) {
            case Frontend.ClusterIp it -> Kind.INTERNAL;
            case Frontend.LoadBalancerIp it ->
                switch (rules.admitted()) {
                    case AdmittedSources.Everybody all -> Kind.EXTERNAL;
                    case AdmittedSources.Within within -> Kind.FIREWALL;
                };
            case Frontend.ExternalIp it -> Kind.EXTERNAL;
            case Frontend.NodePort it -> Kind.EXTERNAL;
        };
    }

    private List<Cidr> sources() {
        return switch (rules.admitted()) {
            case AdmittedSources.Everybody all -> List.of();
            case AdmittedSources.Within(var ranges, var addresses) -> {
                var all = new ArrayList<>(ranges);
                addresses.forEach(address -> all.add(Keys.only(address)));
                yield Keys.disjoint(all);
            }
        };
    }

    private void entry(ElementSink into, Kind kind, int code) {
        into.put(Maps.ENTRIES, new Element.Mapping(Keys.pair(id, kind.number()), Keys.pair(0, code)));
    }

    private void internal(ElementSink into) {
        switch (rules.internal()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> entry(into, Kind.INTERNAL, Code.REFUSE);
            case Entry.DropAll it -> entry(into, Kind.INTERNAL, Code.DROP);
            case Entry.Balance(var list, var masquerade) ->
                entry(into, Kind.INTERNAL, code(Variant.internal(list), list));
            case Entry.KeepSource it -> throw new IllegalStateException("a cluster IP keeps no source: " + rules);
        }
    }

    private void external(ElementSink into) {
        switch (rules.external()) {
            case Entry.Absent it -> {}
            case Entry.Refuse it -> entry(into, Kind.EXTERNAL, Code.REFUSE);
            case Entry.DropAll it -> entry(into, Kind.EXTERNAL, Code.DROP);
            case Entry.Balance(var list, var masquerade) ->
                entry(into, Kind.EXTERNAL, code(Variant.EXTERNAL_CLUSTER, BackendList.CLUSTER));
            case Entry.KeepSource(var local) -> {
                entry(into, Kind.EXTERNAL, Code.KEEP_SOURCE);
                entry(into, Kind.RAW_CLUSTER, code(Variant.RAW_CLUSTER, BackendList.CLUSTER));
                entry(into, Kind.RAW_LOCAL, code(Variant.RAW_LOCAL, BackendList.LOCAL));
            }
        }
    }

    private int code(Variant variant, BackendList list) {
        int size = list(list).size();
        if (size == 0) {
            return Code.DROP;
        }
        return isSticky() ? Code.sticky(variant, rules.affinitySeconds()) : Code.balanced(variant, SizeClass.of(size));
    }

    /// What grows with the endpoints, all of it.
    void backends(ElementSink into) {
        for (var which : BackendList.values()) {
            var backends = list(which).backends();
            for (int index = 0; index < backends.size(); index++) {
                backend(into, which, index);
                if (isSticky()) {
                    member(into, which, backends.get(index));
                }
            }
        }
    }

    /// What stands at one index of a list.
    void backend(ElementSink into, BackendList which, int index) {
        var backend = list(which).backends().get(index);
        var key = Keys.pair(id, index + (which == BackendList.LOCAL ? Maps.LOCAL_OFFSET : 0));
        into.put(Maps.BACKENDS, new Element.Mapping(key, Keys.backend(backend)));
        if (isSticky()) {
            into.put(Maps.DENSE, new Element.Mapping(key, Keys.pair(0, endpoint(backend))));
        }
    }

    /// What says that clients of a backend may stay with it.
    void member(ElementSink into, BackendList which, Backend backend) {
        var set = switch (which) {
            case CLUSTER -> Maps.MEMBERS_CLUSTER;
            case LOCAL -> Maps.MEMBERS_LOCAL;
        };
        into.put(set, new Element.Mapping(Keys.pair(endpoint(backend), id), Keys.backend(backend)));
    }

    private int endpoint(Backend backend) {
        var id = endpoints.get(backend);
        if (id == null) {
            throw new IllegalStateException("no id was given to the endpoint " + backend + " of " + rules.key());
        }
        return id;
    }
}
