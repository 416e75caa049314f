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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What a zone for the outside says of itself: SOA, NS, and the addresses of `ns1.dns`, which are those
/// where the Services of this server are reached from outside.
final class ExternalApex {
    private static final int REFRESH = 7200;
    private static final int RETRY = 1800;
    private static final int EXPIRE = 86400;

    private final DomainName origin;
    private final ExternalZoneConfig config;
    private final ClusterIndex index;
    private final DomainName apex;
    private final DomainName nameServer;

    ExternalApex(DomainName origin, ExternalZoneConfig config, ClusterIndex index) {
        this.origin = origin;
        this.config = config;
        this.index = index;
        this.apex = origin.child(config.apexLabel());
        this.nameServer = apex.child("ns1");
    }

    /// `dns`: an empty non-terminal.
    DomainName apex() {
        return apex;
    }

    DomainName nameServer() {
        return nameServer;
    }

    RecordSet soa() {
        return soa(index.serial());
    }

    /// The SOA as it was with this serial.
    RecordSet soa(int serial) {
        var data =
                new RecordData.Soa(nameServer, apex.child("hostmaster"), serial, REFRESH, RETRY, EXPIRE, config.ttl());
        return RecordSet.of(origin, config.ttl(), data);
    }

    Answer ns(View view) {
        var ns = RecordSet.of(origin, config.ttl(), new RecordData.Ns(nameServer));
        return new Answer(List.of(ns), addressSets(view));
    }

    /// The addresses of the name server, a set for each family that has any.
    List<RecordSet> addressSets(View view) {
        var a = new ArrayList<RecordData>();
        var aaaa = new ArrayList<RecordData>();
        for (var address : addresses(view)) {
            (address instanceof IpAddress.V4 ? a : aaaa).add(RecordData.address(address));
        }
        var sets = new ArrayList<RecordSet>(2);
        if (!a.isEmpty()) {
            sets.add(new RecordSet(nameServer, RecordType.A, config.ttl(), a));
        }
        if (!aaaa.isEmpty()) {
            sets.add(new RecordSet(nameServer, RecordType.AAAA, config.ttl(), aaaa));
        }
        return sets;
    }

    /// The server's own addresses count only where no Service leads to it.
    private SequencedSet<IpAddress> addresses(View view) {
        var found = new LinkedHashSet<IpAddress>();
        boolean served = false;
        for (var local : config.localAddresses()) {
            for (var entry : index.servicesWithEndpoint(view, local)) {
                served = true;
                if (config.headless() && entry.service() instanceof Service.Headless) {
                    entry.forEachReadyAt(local, (slice, row) -> found.add(local));
                } else {
                    found.addAll(index.external(entry).addresses());
                }
            }
        }
        if (!served) {
            found.addAll(config.localAddresses());
        }
        return found;
    }
}
