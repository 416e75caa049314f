package io.waymark.proxy.nftables.plan;

import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.nftables.skeleton.Maps;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.ServiceRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;

/// What stands in the maps of a table that was there before: ids and the order of lists, so that a
/// restart changes nothing that need not change, and clients keep their endpoints. Total: elements
/// that make no sense are passed over; the comparison with what is wanted removes them.
public final class Adopted {
    /// Nothing was there.
    public static final Adopted NOTHING = new Adopted(Map.of());

    private final Map<Octets, Integer> services = new HashMap<>();
    private final Map<Octets, Backend> backends = new HashMap<>();
    private final Map<Integer, Map<Backend, Integer>> endpoints = new HashMap<>();
    private final Set<Integer> claimed = new HashSet<>();
    private int serviceMax;
    private int endpointMax;

    /// @param elements by set, those that packets made included
    public Adopted(Map<String, ? extends Collection<Element>> elements) {
        elements.forEach((set, all) -> all.forEach(element -> {
            switch (element) {
                case Element.Mapping(var key, var value) -> read(set, key, value);
                case Element.Range(var key, var last) -> serviceSeen(key.length() < 4 ? 0 : key.host32(0));
                case Element.Member member -> {}
                case Element.Decision decision -> {}
                case Element.End end -> {}
            }
        }));
    }

    private void read(String set, Octets key, Octets value) {
        switch (set) {
            case Maps.FRONTENDS, Maps.NODE_PORTS -> {
                if (value.length() == 16) {
                    services.put(key, serviceSeen(value.host32(4)));
                }
            }
            case Maps.BACKENDS -> {
                if (value.length() == 8 || value.length() == 20) {
                    serviceSeen(key.host32(0));
                    backends.put(key, Keys.backend(value));
                }
            }
            case Maps.MEMBERS_CLUSTER, Maps.MEMBERS_LOCAL -> {
                if (value.length() == 8 || value.length() == 20) {
                    endpoints
                            .computeIfAbsent(serviceSeen(key.host32(4)), id -> new HashMap<>())
                            .put(Keys.backend(value), endpointSeen(key.host32(0)));
                }
            }
            case Maps.ENTRIES -> serviceSeen(key.host32(0));
            case Maps.DENSE -> {
                serviceSeen(key.host32(0));
                endpointSeen(value.host32(4));
            }
            case Maps.AFFINITY -> {
                serviceSeen(key.host32(key.length() - 4));
                endpointSeen(value.host32(4));
            }
            default -> {}
        }
    }

    private int serviceSeen(int id) {
        serviceMax = Math.max(serviceMax, id);
        return id;
    }

    private int endpointSeen(int id) {
        endpointMax = Math.max(endpointMax, id);
        return id;
    }

    /// The highest service id that is in use; 0 if none is.
    int serviceMax() {
        return serviceMax;
    }

    /// The highest endpoint id that is in use, by a client that is remembered too; 0 if none is.
    int endpointMax() {
        return endpointMax;
    }

    /// The id that one of these frontends leads to, given out once.
    OptionalInt claim(ServiceRules rules) {
        for (var frontend : rules.frontends()) {
            var id = services.get(Keys.destination(frontend.destination()));
            if (id != null && id > 0 && claimed.add(id)) {
                return OptionalInt.of(id);
            }
        }
        return OptionalInt.empty();
    }

    /// The list of a service as it stands, up to its first hole.
    DenseList list(int service, BackendList which) {
        int offset = which == BackendList.LOCAL ? Maps.LOCAL_OFFSET : 0;
        var found = new ArrayList<Backend>();
        var seen = new HashSet<Backend>();
        while (found.size() < Maps.LOCAL_OFFSET) {
            var backend = backends.get(Keys.pair(service, offset + found.size()));
            if (backend == null || !seen.add(backend)) {
                break;
            }
            found.add(backend);
        }
        return new DenseList(List.copyOf(found));
    }

    /// The ids of a service's endpoints.
    Map<Backend, Integer> endpoints(int service) {
        return endpoints.getOrDefault(service, Map.of());
    }
}
