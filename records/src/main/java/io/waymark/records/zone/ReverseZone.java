package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult.Answer;
import io.waymark.records.zone.LookupResult.NoData;
import io.waymark.records.zone.LookupResult.NxDomain;
import io.waymark.records.zone.LookupResult.OutOfZone;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.TreeMap;

/// The names of a cluster's addresses below `in-addr.arpa` or `ip6.arpa`, or a part of them. A
/// cluster IP leads to its Service; any other address to the endpoints that have it, one name for
/// each Service. A name with fewer labels than an address exists if any address below it does.
public final class ReverseZone implements Zone {
    private final DomainName origin;
    private final ClusterZoneConfig config;
    private final ClusterIndex index;
    private final ZoneApex apex;
    private final DomainName services;

    public ReverseZone(DomainName origin, ClusterZoneConfig config, ClusterIndex index) {
        this.origin = origin;
        this.config = config;
        this.index = index;
        this.apex = new ZoneApex(origin, config, index);
        this.services = config.primaryOrigin().child("svc");
    }

    /// Whether a zone of this origin is a reverse zone.
    public static boolean isReverse(DomainName origin) {
        return ReverseName.isReverse(origin);
    }

    @Override
    public DomainName origin() {
        return origin;
    }

    @Override
    public LookupResult lookup(View view, DomainName name, RecordType type) {
        if (!name.isWithin(origin)) {
            return new OutOfZone();
        }
        if (name.equals(origin)) {
            if (type.equals(RecordType.SOA)) {
                return new Answer(List.of(apex.soa()), List.of());
            }
            return type.equals(RecordType.NS) ? apex.ns(view) : noData();
        }
        var asked = ReverseName.read(name);
        if (asked.isEmpty()) {
            return nxDomain();
        }
        var range = asked.get();
        if (!range.isWhole()) {
            return index.anyAddress(view, range.first(), range.last()) ? noData() : nxDomain();
        }
        var names = names(view, range.first());
        if (names.isEmpty()) {
            return nxDomain();
        }
        return type.equals(RecordType.PTR)
                ? new Answer(List.of(new RecordSet(name, type, config.ttl(), names)), List.of())
                : noData();
    }

    /// The PTR records of all addresses that lie in the zone, in their order.
    @Override
    public ZoneContents contents(View view) {
        var snapshot = index.snapshot(view);
        var nameServers = apex.nsAndGlue(view);
        var byAddress = pointers(snapshot.entries());
        var addresses = List.copyOf(byAddress.keySet());
        return new ZoneContents(
                apex.soa(snapshot.serial()),
                1 + addresses.size(),
                part -> part == 0 ? nameServers : pointer(addresses.get(part - 1), byAddress));
    }

    private List<RecordSet> pointer(IpAddress address, Map<IpAddress, SequencedSet<RecordData>> byAddress) {
        var data = byAddress.getOrDefault(address, new LinkedHashSet<>());
        return List.of(new RecordSet(ReverseName.of(address), RecordType.PTR, config.ttl(), List.copyOf(data)));
    }

    private Map<IpAddress, SequencedSet<RecordData>> pointers(List<ServiceEntry> entries) {
        var byClusterIp = new HashMap<IpAddress, SequencedSet<RecordData>>();
        var byAddress = new TreeMap<IpAddress, SequencedSet<RecordData>>();
        var range = ReverseName.read(origin);
        if (range.isEmpty()) {
            return byAddress;
        }
        for (var entry : entries) {
            var service = entry.key().under(services);
            if (entry.service() instanceof Service.ClusterIp clusterIp) {
                for (var ip : clusterIp.clusterIps()) {
                    if (range.get().holds(ip)) {
                        byClusterIp.putIfAbsent(ip, new LinkedHashSet<>(List.of(new RecordData.Ptr(service))));
                    }
                }
            }
            entry.forEachReady((slice, row) -> {
                var address = slice.endpoints().address(row);
                if (range.get().holds(address)) {
                    byAddress
                            .computeIfAbsent(address, first -> new LinkedHashSet<>())
                            .add(new RecordData.Ptr(service.child(EndpointLabels.of(
                                    slice.endpoints(), row, index.config().endpointPodNames()))));
                }
            });
        }
        byAddress.putAll(byClusterIp);
        return byAddress;
    }

    private List<RecordData> names(View view, IpAddress address) {
        var byClusterIp = index.servicesAt(view, address);
        if (!byClusterIp.isEmpty()) {
            return List.of(new RecordData.Ptr(byClusterIp.getFirst().key().under(services)));
        }
        var names = new LinkedHashSet<RecordData>();
        for (var entry : index.servicesWithEndpoint(view, address)) {
            var service = entry.key().under(services);
            entry.forEachReadyAt(address, (slice, row) -> {
                var label =
                        EndpointLabels.of(slice.endpoints(), row, index.config().endpointPodNames());
                names.add(new RecordData.Ptr(service.child(label)));
            });
        }
        return List.copyOf(names);
    }

    private NoData noData() {
        return new NoData(List.of(), apex.soa());
    }

    private NxDomain nxDomain() {
        return new NxDomain(List.of(), apex.soa());
    }
}
