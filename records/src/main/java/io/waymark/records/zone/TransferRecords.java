package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedSet;

/// The records of whole Services, as a zone transfer of CoreDNS has them: of a ClusterIP Service also
/// SRV records at its own name; of a headless one addresses, and SRV records for each named port,
/// weighed within their slice.
final class TransferRecords {
    private static final int WEIGHT_TOTAL = 100;

    private final DomainName services;
    private final int ttl;
    private final boolean podNames;

    /// @param services the name above all namespaces: `svc.cluster.local.`
    TransferRecords(DomainName services, int ttl, boolean podNames) {
        this.services = services;
        this.ttl = ttl;
        this.podNames = podNames;
    }

    private record Key(DomainName owner, RecordType type) {}

    /// RRsets in the order in which their first record was added; a record is in it once.
    private final class Sets {
        private final Map<Key, SequencedSet<RecordData>> data = new LinkedHashMap<>();

        void add(DomainName owner, RecordData record) {
            data.computeIfAbsent(new Key(owner, record.type()), first -> new LinkedHashSet<>())
                    .add(record);
        }

        List<RecordSet> list() {
            var sets = new ArrayList<RecordSet>(data.size());
            data.forEach((key, records) -> sets.add(new RecordSet(key.owner, key.type, ttl, List.copyOf(records))));
            return sets;
        }
    }

    /// None for a Service that no name stands for.
    List<RecordSet> of(ServiceEntry entry) {
        var name = entry.key().under(services);
        var sets = new Sets();
        switch (entry.service()) {
            case Service.ClusterIp service -> clusterIp(name, service, sets);
            case Service.Headless service -> headless(name, entry, sets);
            case Service.ExternalName service ->
                ExternalTarget.read(service.target()).ifPresent(target -> sets.add(name, new RecordData.Cname(target)));
        }
        return sets.list();
    }

    private static void clusterIp(DomainName name, Service.ClusterIp service, Sets sets) {
        service.clusterIps().forEach(ip -> sets.add(name, RecordData.address(ip)));
        for (var port : service.ports()) {
            var data = new RecordData.Srv(0, WEIGHT_TOTAL, port.port(), name);
            sets.add(name, data);
            if (!port.name().isEmpty()) {
                sets.add(portName(name, port.name(), port.protocol()), data);
            }
        }
    }

    private void headless(DomainName name, ServiceEntry entry, Sets sets) {
        for (var slice : entry.slices()) {
            var endpoints = slice.endpoints();
            var ready = new ArrayList<Integer>();
            for (int row = 0; row < endpoints.size(); row++) {
                if (endpoints.isReady(row)) {
                    ready.add(row);
                }
            }
            int weight = ready.isEmpty() ? 0 : Math.max(1, WEIGHT_TOTAL / ready.size());
            for (int row : ready) {
                IpAddress address = endpoints.address(row);
                var label = EndpointLabels.of(endpoints, row, podNames);
                var endpoint = EndpointLabels.name(name, slice.sourceCluster(), label);
                sets.add(name, RecordData.address(address));
                sets.add(endpoint, RecordData.address(address));
                for (var port : slice.ports()) {
                    if (!port.name().isEmpty()) {
                        sets.add(
                                portName(name, port.name(), port.protocol()),
                                new RecordData.Srv(0, weight, port.port(), endpoint));
                    }
                }
            }
        }
    }

    private static DomainName portName(DomainName service, String port, Protocol protocol) {
        return service.child("_" + protocol.name().toLowerCase(Locale.ROOT)).child("_" + port.toLowerCase(Locale.ROOT));
    }
}
