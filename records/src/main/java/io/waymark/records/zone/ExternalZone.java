package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult.Alias;
import io.waymark.records.zone.LookupResult.Answer;
import io.waymark.records.zone.LookupResult.NoData;
import io.waymark.records.zone.LookupResult.NxDomain;
import io.waymark.records.zone.LookupResult.OutOfZone;
import io.waymark.records.zone.ServiceRecords.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/// The names of a cluster for those outside of it: `cart.shop` below the zone stands for the addresses
/// where the Service is reached from outside, or is an alias of its load balancer's name;
/// `_http._tcp.cart.shop` for one of its ports. With `headless`, a Service without such addresses
/// stands for its endpoints, each with a name of its own (`db-0.db.shop`). A zone below `in-addr.arpa`
/// or `ip6.arpa` has the way back. Any other Service has no name here.
public final class ExternalZone implements Zone {
    private final DomainName origin;
    private final ExternalZoneConfig config;
    private final ClusterIndex index;
    private final ExternalApex apex;

    public ExternalZone(DomainName origin, ExternalZoneConfig config, ClusterIndex index) {
        this.origin = origin;
        this.config = config;
        this.index = index;
        this.apex = new ExternalApex(origin, config, index);
    }

    @Override
    public DomainName origin() {
        return origin;
    }

    @Override
    public LookupResult lookup(View view, DomainName name, RecordType type) {
        int labels = name.labelsBelow(origin);
        if (labels < 0) {
            return new OutOfZone();
        }
        if (labels == 0) {
            if (type.equals(RecordType.SOA)) {
                return new Answer(List.of(apex.soa()), List.of());
            }
            return type.equals(RecordType.NS) ? apex.ns(view) : noData();
        }
        if (name.isWithin(apex.apex())) {
            return nameServer(view, name, type);
        }
        if (ReverseName.isReverse(origin)) {
            return pointer(view, name, type);
        }
        return labels == 1
                ? existence(index.namespace(view, name.slice(0, 1)) != null)
                : service(view, name, labels, type);
    }

    private LookupResult nameServer(View view, DomainName name, RecordType type) {
        if (name.equals(apex.apex())) {
            return noData();
        }
        if (!name.equals(apex.nameServer())) {
            return nxDomain();
        }
        return apex.addressSets(view).stream()
                .filter(set -> set.type().equals(type))
                .findFirst()
                .<LookupResult>map(set -> new Answer(List.of(set), List.of()))
                .orElseGet(this::noData);
    }

    private LookupResult pointer(View view, DomainName name, RecordType type) {
        var asked = ReverseName.read(name);
        if (asked.isEmpty()) {
            return nxDomain();
        }
        var range = asked.get();
        if (!range.isWhole()) {
            return existence(index.anyOutside(view, range.first(), range.last()));
        }
        var services = index.servicesOutside(view, range.first());
        if (services.isEmpty()) {
            return nxDomain();
        }
        return type.equals(RecordType.PTR)
                ? answer(new RecordSet(name, type, config.ttl(), names(services)))
                : noData();
    }

    private List<RecordData> names(List<ServiceEntry> services) {
        return services.stream()
                .<RecordData>map(entry -> new RecordData.Ptr(entry.key().under(config.primaryOrigin())))
                .toList();
    }

    private LookupResult service(View view, DomainName name, int labels, RecordType type) {
        var entry = index.service(view, name.slice(labels - 2, labels));
        if (entry == null || labels > 4) {
            return nxDomain();
        }
        var hostname = hostname(entry);
        if (hostname.isPresent()) {
            return balancer(name, labels, type, entry, hostname.get());
        }
        boolean port =
                labels == 4 && name.label(0).startsWith("_") && name.label(1).startsWith("_");
        var part = switch (labels) {
            case 2 -> new Part.Whole();
            case 3 -> new Part.Endpoint(name.label(0), "");
            default -> new Part.Port(portName(name));
        };
        var seen = outside(entry, part);
        if (seen.isEmpty() || labels == 4 && !port) {
            return nxDomain();
        }
        var records = new ServiceRecords(seen.get(), index.config().endpointPodNames());
        if (labels == 3 && name.label(0).startsWith("_")) {
            return existence(records.hasPortOf(plain(name.label(0))));
        }
        return part(records, part, name, name.suffix(labels - 2), type);
    }

    /// The Service as it is seen from outside; empty if it is not. With `headless`, endpoints of any
    /// Service without outer addresses have names.
    private Optional<ServiceEntry> outside(ServiceEntry entry, Part part) {
        var outer = index.external(entry).addresses();
        if (!outer.isEmpty()) {
            return Optional.of(new ServiceEntry(
                    entry.key(),
                    new Service.ClusterIp(
                            entry.service().name(), entry.service().origin(), outer, ports(entry.service())),
                    List.of()));
        }
        boolean seen =
                config.headless() && (entry.service() instanceof Service.Headless || part instanceof Part.Endpoint);
        return Optional.of(entry).filter(own -> seen);
    }

    private static List<ServicePort> ports(Service service) {
        return switch (service) {
            case Service.ClusterIp clusterIp -> clusterIp.ports();
            case Service.Headless headless -> headless.ports();
            case Service.ExternalName external -> List.of();
        };
    }

    /// Where a load balancer has both, its addresses are more use; of several names a CNAME holds one.
    private Optional<DomainName> hostname(ServiceEntry entry) {
        var external = index.external(entry);
        return external.addresses().isEmpty() ? external.hostnames().stream().findFirst() : Optional.empty();
    }

    private LookupResult balancer(DomainName name, int labels, RecordType type, ServiceEntry entry, DomainName target) {
        var ports = ports(entry.service());
        var asked = switch (labels) {
            case 2 -> ports;
            case 4 ->
                ports.stream()
                        .filter(port -> name.label(0).startsWith("_")
                                && name.label(1).startsWith("_")
                                && portName(name).names(port.name(), port.protocol()))
                        .toList();
            default -> List.<ServicePort>of();
        };
        if (labels != 2 && asked.isEmpty()) {
            return existence(labels == 3
                    && ports.stream()
                            .anyMatch(port -> !port.name().isEmpty()
                                    && name.label(0)
                                            .equals("_" + port.protocol().name().toLowerCase(Locale.ROOT))));
        }
        if (type.equals(RecordType.SRV) && !asked.isEmpty()) {
            int weight = Math.max(1, 100 / asked.size());
            var data = asked.stream()
                    .<RecordData>map(port -> new RecordData.Srv(0, weight, port.port(), target))
                    .distinct()
                    .toList();
            return answer(new RecordSet(name, type, config.ttl(), data));
        }
        if (labels != 2) {
            return noData();
        }
        var alias = RecordSet.of(name, config.ttl(), new RecordData.Cname(target));
        if (type.equals(RecordType.CNAME)) {
            return answer(alias);
        }
        boolean followed = type.equals(RecordType.A) || type.equals(RecordType.AAAA);
        return followed ? new Alias(List.of(alias), target) : noData();
    }

    private LookupResult part(ServiceRecords records, Part part, DomainName name, DomainName service, RecordType type) {
        if (type.equals(RecordType.A) || type.equals(RecordType.AAAA)) {
            var data = records.addresses(part, type);
            if (!data.isEmpty()) {
                return answer(new RecordSet(name, type, config.ttl(), data));
            }
        } else if (type.equals(RecordType.SRV)) {
            var srv = records.srv(part, service);
            if (!srv.data().isEmpty()) {
                var glue = new ArrayList<RecordSet>();
                srv.targets()
                        .forEach(target -> glue.add(
                                RecordSet.of(target.owner(), config.ttl(), RecordData.address(target.address()))));
                return new Answer(List.of(new RecordSet(name, type, config.ttl(), srv.data())), glue);
            }
        }
        return existence(records.exists(part));
    }

    @Override
    public ZoneContents contents(View view) {
        var snapshot = index.snapshot(view);
        var first = new ArrayList<RecordSet>(apex.ns(view).answer());
        first.addAll(apex.addressSets(view));
        var parts = new ArrayList<List<RecordSet>>();
        if (ReverseName.isReverse(origin)) {
            parts.addAll(pointers(snapshot.entries()));
        } else {
            var records =
                    new TransferRecords(origin, config.ttl(), index.config().endpointPodNames());
            for (var entry : snapshot.entries()) {
                var hostname = hostname(entry);
                if (hostname.isPresent()) {
                    parts.add(List.of(RecordSet.of(
                            entry.key().under(origin), config.ttl(), new RecordData.Cname(hostname.get()))));
                } else {
                    outside(entry, new Part.Whole()).ifPresent(seen -> parts.add(records.of(seen)));
                }
            }
        }
        return new ZoneContents(
                apex.soa(snapshot.serial()), 1 + parts.size(), part -> part == 0 ? first : parts.get(part - 1));
    }

    private List<List<RecordSet>> pointers(List<ServiceEntry> entries) {
        var range = ReverseName.read(origin);
        var byAddress = new TreeMap<IpAddress, List<ServiceEntry>>();
        for (var entry : entries) {
            for (var address : index.external(entry).addresses()) {
                if (range.isPresent() && range.get().holds(address)) {
                    byAddress
                            .computeIfAbsent(address, first -> new ArrayList<>())
                            .add(entry);
                }
            }
        }
        return byAddress.entrySet().stream()
                .map(entry -> List.of(new RecordSet(
                        ReverseName.of(entry.getKey()), RecordType.PTR, config.ttl(), names(entry.getValue()))))
                .toList();
    }

    private static ServiceRecords.PortName portName(DomainName name) {
        return new ServiceRecords.PortName(plain(name.label(0)), plain(name.label(1)));
    }

    private static String plain(String label) {
        return label.startsWith("_") ? label.substring(1) : label;
    }

    private static Answer answer(RecordSet set) {
        return new Answer(List.of(set), List.of());
    }

    private LookupResult existence(boolean exists) {
        return exists ? noData() : nxDomain();
    }

    private NoData noData() {
        return new NoData(List.of(), apex.soa());
    }

    private NxDomain nxDomain() {
        return new NxDomain(List.of(), apex.soa());
    }
}
