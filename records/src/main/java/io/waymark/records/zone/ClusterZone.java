package io.waymark.records.zone;

import io.waymark.records.cluster.Service;
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
import java.util.StringJoiner;

/// The names of a cluster (Kubernetes DNS-Based Service Discovery 1.1.0), read off an index:
/// ```
/// cart.shop.svc           a Service                _http._tcp.cart.shop.svc   one of its ports
/// db-0.db.shop.svc        an endpoint              10-1-2-3.shop.pod          a Pod
/// ns.dns                  the name server          dns-version                the schema's version
/// ```
/// and, in a zone of a cluster set (KEP-1645), `db-0.east.db.shop.svc`, an endpoint in a cluster.
/// Names above these (`svc`, `shop.svc`, `dns`, `_tcp.cart.shop.svc`) exist without records.
public final class ClusterZone implements Zone {
    private static final String SCHEMA_VERSION = "1.1.0";
    private static final int SCHEMA_VERSION_TTL = 28_800;
    private static final String ZONE_LABEL = "_zone";
    /// How many aliases are followed; a longer chain ends without an answer.
    private static final int ALIASES_MAX = 11;

    private final DomainName origin;
    private final ClusterZoneConfig config;
    private final ClusterIndex index;
    private final ZoneApex apex;
    private final PodNames pods;
    private final DomainName services;
    private final DomainName podOrigin;
    private final DomainName dns;
    private final DomainName nameServer;
    private final DomainName version;

    public ClusterZone(DomainName origin, ClusterZoneConfig config, ClusterIndex index) {
        this.origin = origin;
        this.config = config;
        this.index = index;
        this.apex = new ZoneApex(origin, config, index);
        this.services = origin.child("svc");
        this.podOrigin = origin.child("pod");
        this.pods = new PodNames(config.pods(), index);
        this.dns = origin.child("dns");
        this.nameServer = dns.child("ns");
        this.version = origin.child("dns-version");
    }

    @Override
    public DomainName origin() {
        return origin;
    }

    @Override
    public LookupResult lookup(View view, DomainName name, RecordType type) {
        int belowServices = name.labelsBelow(services);
        if (belowServices >= 2) {
            return service(view, name, belowServices, type, List.of());
        }
        if (belowServices == 1) {
            return existence(index.namespace(view, name.slice(0, 1)) != null);
        }
        if (!name.isWithin(origin)) {
            return new OutOfZone();
        }
        if (name.equals(origin)) {
            return apex(view, type);
        }
        int belowPods = name.labelsBelow(podOrigin);
        if (belowPods > 0) {
            return pod(view, name, belowPods, type);
        }
        if (name.equals(nameServer)) {
            return addresses(
                    name,
                    type,
                    apex.nameServerAddresses(view).stream()
                            .map(RecordData::address)
                            .filter(data -> data.type().equals(type))
                            .toList());
        }
        if (name.equals(version)) {
            return type.equals(RecordType.TXT)
                    ? answer(RecordSet.of(name, SCHEMA_VERSION_TTL, new RecordData.Txt(List.of(SCHEMA_VERSION))))
                    : noData();
        }
        return existence(name.equals(services) || name.equals(podOrigin) || name.equals(dns));
    }

    /// The Services that the zone shows, in the order of their names; no Pods, and nothing of the schema.
    @Override
    public ZoneContents contents(View view) {
        var snapshot = index.snapshot(view);
        var entries = snapshot.entries();
        var nameServers = apex.nsAndGlue(view);
        var records = new TransferRecords(services, config.ttl(), index.config().endpointPodNames());
        return new ZoneContents(
                apex.soa(snapshot.serial()),
                1 + entries.size(),
                part -> part == 0 ? nameServers : records.of(entries.get(part - 1)));
    }

    private LookupResult apex(View view, RecordType type) {
        if (type.equals(RecordType.SOA)) {
            return answer(apex.soa());
        }
        return type.equals(RecordType.NS) ? apex.ns(view) : noData();
    }

    private LookupResult pod(View view, DomainName name, int labels, RecordType type) {
        var found = pods.find(view, name, labels);
        return switch (found) {
            case PodNames.Absent() -> nxDomain();
            case PodNames.Namespace() -> noData();
            case PodNames.Address(var data) ->
                data.type().equals(type) ? answer(RecordSet.of(name, config.ttl(), data)) : noData();
        };
    }

    /// A name with at least two labels below `svc`. `aliases` led here from the name asked for.
    private LookupResult service(View view, DomainName name, int labels, RecordType type, List<RecordSet> aliases) {
        var entry = index.service(view, name.slice(labels - 2, labels));
        if (entry == null) {
            return nxDomain(aliases);
        }
        if (entry.service() instanceof Service.ExternalName external) {
            return labels == 2 ? externalName(view, name, external, type, aliases) : nxDomain(aliases);
        }
        var records = new ServiceRecords(entry, index.config().endpointPodNames());
        if (config.zonal() && labels > 2 && name.label(labels - 3).equals(ZONE_LABEL)) {
            return zonal(entry, records, name, labels, type, aliases);
        }
        return switch (labels) {
            case 2 -> part(records, new Part.Whole(), name, name, type, aliases);
            case 3 ->
                name.label(0).startsWith("_")
                        ? existence(records.hasPortOf(name.label(0).substring(1)), aliases)
                        : part(records, new Part.Endpoint(name.label(0), ""), name, name.suffix(1), type, aliases);
            case 4 -> part(records, below(name), name, name.suffix(2), type, aliases);
            default -> nxDomain(aliases);
        };
    }

    /// `_zone` below a headless Service, `pin` and `prefer` below that, and below these any topology
    /// zone, whose name may have dots.
    private LookupResult zonal(
            ServiceEntry entry,
            ServiceRecords records,
            DomainName name,
            int labels,
            RecordType type,
            List<RecordSet> aliases) {
        if (!(entry.service() instanceof Service.Headless)) {
            return nxDomain(aliases);
        }
        if (labels == 3) {
            return existence(entry.hasReady(), aliases);
        }
        boolean pin = name.label(labels - 4).equals("pin");
        if (!pin && !name.label(labels - 4).equals("prefer")) {
            return nxDomain(aliases);
        }
        if (labels == 4) {
            return existence(entry.hasReady(), aliases);
        }
        var zone = new StringJoiner(".");
        for (int i = 0; i < labels - 4; i++) {
            zone.add(name.label(i));
        }
        var part = pin ? new Part.Pinned(zone.toString()) : new Part.Preferred(zone.toString());
        return part(records, part, name, name.suffix(labels - 2), type, aliases);
    }

    /// What two labels in front of a Service say: a port, or an endpoint in a cluster.
    private static Part below(DomainName name) {
        return name.label(0).startsWith("_") && name.label(1).startsWith("_")
                ? new Part.Port(new ServiceRecords.PortName(
                        name.label(0).substring(1), name.label(1).substring(1)))
                : new Part.Endpoint(name.label(0), name.label(1));
    }

    private LookupResult part(
            ServiceRecords records,
            Part part,
            DomainName name,
            DomainName service,
            RecordType type,
            List<RecordSet> aliases) {
        if (type.equals(RecordType.A) || type.equals(RecordType.AAAA)) {
            var data = records.addresses(part, type);
            if (!data.isEmpty()) {
                return answer(aliases, new RecordSet(name, type, config.ttl(), data), List.of());
            }
        } else if (type.equals(RecordType.SRV)) {
            var srv = records.srv(part, service);
            if (!srv.data().isEmpty()) {
                return answer(aliases, new RecordSet(name, type, config.ttl(), srv.data()), glue(srv.targets()));
            }
        }
        return existence(records.exists(part), aliases);
    }

    private List<RecordSet> glue(List<ServiceRecords.Glue> targets) {
        var sets = new ArrayList<RecordSet>(targets.size());
        for (var target : targets) {
            sets.add(RecordSet.of(target.owner(), config.ttl(), RecordData.address(target.address())));
        }
        return sets;
    }

    private LookupResult externalName(
            View view, DomainName name, Service.ExternalName service, RecordType type, List<RecordSet> aliases) {
        boolean followed = type.equals(RecordType.A) || type.equals(RecordType.AAAA);
        var target = ExternalTarget.read(service.target());
        if (target.isEmpty()) {
            return nxDomain(aliases);
        }
        if (!followed && !type.equals(RecordType.CNAME)) {
            return noData(aliases);
        }
        var chain = new ArrayList<>(aliases);
        chain.add(RecordSet.of(name, config.ttl(), new RecordData.Cname(target.get())));
        if (!followed) {
            return new Answer(chain, List.of());
        }
        return follow(view, target.get(), type, chain);
    }

    private LookupResult follow(View view, DomainName target, RecordType type, List<RecordSet> chain) {
        if (!target.isWithin(origin)) {
            return new Alias(chain, target);
        }
        boolean loops = chain.stream().anyMatch(alias -> alias.owner().equals(target));
        if (loops || chain.size() > ALIASES_MAX) {
            return noData(chain);
        }
        int belowServices = target.labelsBelow(services);
        if (belowServices >= 2) {
            return service(view, target, belowServices, type, chain);
        }
        return switch (lookup(view, target, type)) {
            case Answer(var answer, var additional) -> {
                chain.addAll(answer);
                yield new Answer(chain, additional);
            }
            case NoData noData -> noData(chain);
            case NxDomain nxDomain -> nxDomain(chain);
            case Alias(var more, var beyond) -> throw new IllegalStateException("only Services are aliases: " + beyond);
            case OutOfZone() -> throw new IllegalStateException(target + " lies within " + origin);
        };
    }

    private LookupResult addresses(DomainName name, RecordType type, List<RecordData> data) {
        return data.isEmpty() ? noData() : answer(new RecordSet(name, type, config.ttl(), data));
    }

    private static Answer answer(RecordSet set) {
        return new Answer(List.of(set), List.of());
    }

    private static Answer answer(List<RecordSet> aliases, RecordSet set, List<RecordSet> additional) {
        if (aliases.isEmpty()) {
            return new Answer(List.of(set), additional);
        }
        var answer = new ArrayList<>(aliases);
        answer.add(set);
        return new Answer(answer, additional);
    }

    private LookupResult existence(boolean exists) {
        return existence(exists, List.of());
    }

    private LookupResult existence(boolean exists, List<RecordSet> aliases) {
        return exists ? noData(aliases) : nxDomain(aliases);
    }

    private NoData noData() {
        return noData(List.of());
    }

    private NoData noData(List<RecordSet> aliases) {
        return new NoData(aliases, apex.soa());
    }

    private NxDomain nxDomain() {
        return nxDomain(List.of());
    }

    private NxDomain nxDomain(List<RecordSet> aliases) {
        return new NxDomain(aliases, apex.soa());
    }
}
