package io.waymark.dns.pipeline;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.Zone;
import io.waymark.records.zone.ZoneContents;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A zone written by hand: what it was not told of does not exist.
public final class HandZone implements Zone {
    private final DomainName origin;
    private final Map<DomainName, RecordData> records = new HashMap<>();

    public HandZone(String origin) {
        this.origin = DomainName.of(origin);
    }

    /// Adds an address, a name below the origin.
    public HandZone address(String name, String address) {
        return with(name, RecordData.address(IpAddress.of(address)));
    }

    /// Adds an alias for a name in another zone.
    public HandZone alias(String name, String target) {
        return with(name, new RecordData.Cname(DomainName.of(target)));
    }

    private HandZone with(String name, RecordData data) {
        records.put(DomainName.of(name).under(origin), data);
        return this;
    }

    @Override
    public DomainName origin() {
        return origin;
    }

    @Override
    public LookupResult lookup(View view, DomainName name, RecordType type) {
        if (!name.isWithin(origin)) {
            return new LookupResult.OutOfZone();
        }
        var data = records.get(name);
        if (data instanceof RecordData.Cname(var target)) {
            return new LookupResult.Alias(List.of(RecordSet.of(name, 5, data)), target);
        }
        if (data != null) {
            return data.type().equals(type)
                    ? new LookupResult.Answer(List.of(RecordSet.of(name, 5, data)), List.of())
                    : new LookupResult.NoData(List.of(), soa());
        }
        return name.equals(origin)
                ? new LookupResult.NoData(List.of(), soa())
                : new LookupResult.NxDomain(List.of(), soa());
    }

    @Override
    public ZoneContents contents(View view) {
        var all = records.entrySet().stream()
                .map(record -> RecordSet.of(record.getKey(), 5, record.getValue()))
                .toList();
        return new ZoneContents(soa(), 1, part -> all);
    }

    private RecordSet soa() {
        return RecordSet.of(
                origin, 5, new RecordData.Soa(origin.child("ns"), origin.child("hostmaster"), 1, 7200, 1800, 86400, 5));
    }
}
