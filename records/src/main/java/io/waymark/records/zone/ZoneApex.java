package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;

/// What each zone of a cluster says of itself: SOA, NS, and the addresses of its name servers.
final class ZoneApex {
    private static final int REFRESH = 7200;
    private static final int RETRY = 1800;
    private static final int EXPIRE = 86400;

    private final DomainName origin;
    private final ClusterZoneConfig config;
    private final ClusterIndex index;
    private final DomainName primary;
    private final DomainName mailbox;
    private final DomainName nameServer;
    private final DomainName services;

    ZoneApex(DomainName origin, ClusterZoneConfig config, ClusterIndex index) {
        this.origin = origin;
        this.config = config;
        this.index = index;
        this.primary = origin.child("dns").child("ns");
        this.mailbox = origin.child("hostmaster");
        this.nameServer = config.primaryOrigin().child("dns").child("ns");
        this.services = config.primaryOrigin().child("svc");
    }

    /// The SOA. Its TTL, in an answer too, is how long a negative answer may be kept (RFC 2308 §5).
    RecordSet soa() {
        return soa(index.serial());
    }

    /// The SOA as it was with this serial.
    RecordSet soa(int serial) {
        int ttl = Math.min(config.ttl(), ClusterZoneConfig.NEGATIVE_TTL_MAX);
        var data = new RecordData.Soa(primary, mailbox, serial, REFRESH, RETRY, EXPIRE, config.ttl());
        return RecordSet.of(origin, ttl, data);
    }

    /// The name servers: the Services through which this server's addresses are reached, or, as
    /// long as there is none, a name that stands for the addresses themselves.
    Answer ns(View view) {
        var addresses = nameServers(view);
        var data = new ArrayList<RecordData>();
        var additional = new ArrayList<RecordSet>();
        addresses.forEach((name, ips) -> {
            data.add(new RecordData.Ns(name));
            additional.addAll(addressSets(name, ips));
        });
        if (data.isEmpty()) {
            data.add(new RecordData.Ns(nameServer));
        }
        return new Answer(List.of(new RecordSet(origin, RecordType.NS, config.ttl(), data)), additional);
    }

    /// The name servers in a transfer: their addresses have a TTL of 0, for they stand once more, with
    /// their own, at the Services that they are.
    List<RecordSet> nsAndGlue(View view) {
        var ns = ns(view);
        var sets = new ArrayList<>(ns.answer());
        ns.additional().forEach(glue -> sets.add(new RecordSet(glue.owner(), glue.type(), 0, glue.data())));
        return sets;
    }

    /// What `ns.dns` itself stands for.
    List<IpAddress> nameServerAddresses(View view) {
        var all = new LinkedHashSet<IpAddress>();
        nameServers(view).values().forEach(all::addAll);
        return List.copyOf(all);
    }

    private SequencedMap<DomainName, SequencedSet<IpAddress>> nameServers(View view) {
        var found = new LinkedHashMap<DomainName, SequencedSet<IpAddress>>();
        for (var local : config.localAddresses()) {
            for (var entry : index.servicesWithEndpoint(view, local)) {
                var service = entry.key().under(services);
                switch (entry.service()) {
                    case Service.ClusterIp(var name, var origin, var clusterIps, var ports) ->
                        found.computeIfAbsent(service, key -> new LinkedHashSet<>())
                                .addAll(clusterIps);
                    case Service.Headless headless ->
                        entry.forEachReadyAt(local, (slice, row) -> {
                            var label = EndpointLabels.of(
                                    slice.endpoints(), row, index.config().endpointPodNames());
                            var name = EndpointLabels.name(service, slice.sourceCluster(), label);
                            found.computeIfAbsent(name, key -> new LinkedHashSet<>())
                                    .add(local);
                        });
                    case Service.ExternalName external -> {}
                }
            }
        }
        if (found.isEmpty() && !config.localAddresses().isEmpty()) {
            found.put(nameServer, new LinkedHashSet<>(config.localAddresses()));
        }
        return found;
    }

    private List<RecordSet> addressSets(DomainName owner, SequencedSet<IpAddress> ips) {
        var a = new ArrayList<RecordData>();
        var aaaa = new ArrayList<RecordData>();
        for (var ip : ips) {
            (ip instanceof IpAddress.V4 ? a : aaaa).add(RecordData.address(ip));
        }
        var sets = new ArrayList<RecordSet>(2);
        if (!a.isEmpty()) {
            sets.add(new RecordSet(owner, RecordType.A, config.ttl(), a));
        }
        if (!aaaa.isEmpty()) {
            sets.add(new RecordSet(owner, RecordType.AAAA, config.ttl(), aaaa));
        }
        return sets;
    }
}
