package io.waymark.records.zone.compat;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.LookupResult.Alias;
import io.waymark.records.zone.LookupResult.Answer;
import io.waymark.records.zone.LookupResult.NoData;
import io.waymark.records.zone.LookupResult.NxDomain;
import io.waymark.records.zone.LookupResult.OutOfZone;
import io.waymark.records.zone.Zone;
import io.waymark.records.zone.ZoneContents;
import java.util.ArrayList;
import java.util.List;

/// A zone with the answers of CoreDNS where its own follow the standards and CoreDNS' do not:
///
/// | asked for | here |
/// |---|---|
/// | a name that exists only because names below it do: `dns`, `_tcp.S`, `pin._zone.S`, part of an address | denied |
/// | another type than TXT at `dns-version`, than PTR at the name of an address; PTR at `ns.dns` | denied |
/// | TXT at a name without addresses, but for those by topology zone | denied |
/// | SOA at any name below the apex | no data |
/// | an alias whose target in the zone is missing, or lacks the type | no data, without the alias |
/// | `http.tcp.S`, `x.10-1-2-3.shop.pod` | as `_http._tcp.S`, as `10-1-2-3.shop.pod` |
/// | SRV at the name of a Pod | port 0 |
///
/// Apex, `svc`, `pod` and namespaces exist for CoreDNS too. Any thread may ask.
public final class CoreDnsZone implements Zone {
    private static final int POD_LABELS = 3;
    private static final int PORT_LABELS = 5;
    private static final int WEIGHT = 100;

    private final Zone zone;
    private final Kind kind;

    /// Which names the zone within has.
    public enum Kind {
        /// Services, endpoints and Pods.
        CLUSTER,
        /// What other clusters export, where two labels in front of a Service are an endpoint and its cluster.
        CLUSTER_SET,
        /// Addresses.
        REVERSE
    }

    /// @param zone what is true
    public CoreDnsZone(Zone zone, Kind kind) {
        this.zone = zone;
        this.kind = kind;
    }

    @Override
    public DomainName origin() {
        return zone.origin();
    }

    /// All that is true: a transfer has no answers to denied names.
    @Override
    public ZoneContents contents(View view) {
        return zone.contents(view);
    }

    @Override
    public LookupResult lookup(View view, DomainName name, RecordType type) {
        int labels = name.labelsBelow(origin());
        if (labels <= 0) {
            var said = zone.lookup(view, name, type);
            return said instanceof NoData && type.equals(RecordType.TXT) ? denied(said) : said;
        }
        if (type.equals(RecordType.SOA)) {
            return noData(zone.lookup(view, name, type));
        }
        return kind == Kind.REVERSE ? existing(zone.lookup(view, name, type)) : forward(view, name, labels, type);
    }

    private LookupResult forward(View view, DomainName name, int labels, RecordType type) {
        var meant = meant(name, labels);
        var said = renamed(zone.lookup(view, meant, type), meant, name);
        if (type.equals(RecordType.SRV) && isOfPod(name, labels)) {
            return podPort(view, name, meant, said);
        }
        if (!(said instanceof NoData noData)) {
            return said instanceof NxDomain(var aliases, var soa) && !aliases.isEmpty()
                    ? new NoData(List.of(), soa)
                    : said;
        }
        if (!noData.aliases().isEmpty()) {
            return noData(said);
        }
        // A name by topology zone, which has more labels than all others, is not denied for want of addresses.
        boolean textless = type.equals(RecordType.TXT) && labels <= PORT_LABELS && !hasAddress(view, meant);
        boolean denied = textless || isAbove(name, labels, type);
        return denied ? denied(said) : said;
    }

    /// The name that CoreDNS takes this one for.
    private DomainName meant(DomainName name, int labels) {
        if (isOfPod(name, labels)) {
            return name.suffix(labels - POD_LABELS);
        }
        if (labels != PORT_LABELS || !name.label(labels - 1).equals("svc")) {
            return name;
        }
        var port = name.label(0);
        var protocol = name.label(1);
        boolean endpoint = kind == Kind.CLUSTER_SET && !port.startsWith("_") && !protocol.startsWith("_");
        boolean zonal = protocol.equals("_zone");
        return endpoint || zonal
                ? name
                : name.suffix(2).child(underscored(protocol)).child(underscored(port));
    }

    private static String underscored(String label) {
        return label.startsWith("_") ? label : "_" + label;
    }

    /// Whether it is the name of a Pod, with up to two labels in front that CoreDNS passes over.
    private static boolean isOfPod(DomainName name, int labels) {
        return labels >= POD_LABELS
                && labels <= PORT_LABELS
                && name.label(labels - 1).equals("pod");
    }

    /// Whether nothing but names below it, or of another type, makes it a name of the zone.
    private static boolean isAbove(DomainName name, int labels, RecordType type) {
        return switch (labels) {
            case 1 -> name.label(0).equals("dns") || name.label(0).equals("dns-version");
            case 2 -> name.label(1).equals("dns") && type.equals(RecordType.PTR);
            case 4 -> name.label(0).startsWith("_");
            case PORT_LABELS -> name.label(1).equals("_zone");
            default -> false;
        };
    }

    private boolean hasAddress(View view, DomainName name) {
        return !isWithoutData(zone.lookup(view, name, RecordType.A))
                || !isWithoutData(zone.lookup(view, name, RecordType.AAAA));
    }

    private static boolean isWithoutData(LookupResult said) {
        return switch (said) {
            case NoData(var aliases, var soa) -> aliases.isEmpty();
            case NxDomain(var aliases, var soa) -> aliases.isEmpty();
            case Answer answer -> false;
            case Alias alias -> false;
            case OutOfZone outside -> true;
        };
    }

    private LookupResult podPort(View view, DomainName name, DomainName pod, LookupResult said) {
        for (var family : List.of(RecordType.A, RecordType.AAAA)) {
            if (zone.lookup(view, pod, family) instanceof Answer(var answer, var more)) {
                var address = answer.getFirst();
                var port = new RecordData.Srv(0, WEIGHT, 0, pod);
                return new Answer(List.of(RecordSet.of(name, address.ttl(), port)), List.of(address));
            }
        }
        return said;
    }

    /// The same of `name` instead of `meant`.
    private static LookupResult renamed(LookupResult said, DomainName meant, DomainName name) {
        if (meant.equals(name) || !(said instanceof Answer(var answer, var additional))) {
            return said;
        }
        var sets = new ArrayList<RecordSet>(answer.size());
        for (var set : answer) {
            sets.add(set.owner().equals(meant) ? new RecordSet(name, set.type(), set.ttl(), set.data()) : set);
        }
        return new Answer(sets, additional);
    }

    private static LookupResult existing(LookupResult said) {
        return said instanceof NoData ? denied(said) : said;
    }

    private static LookupResult denied(LookupResult said) {
        return said instanceof NoData(var aliases, var soa) ? new NxDomain(List.of(), soa) : said;
    }

    private static LookupResult noData(LookupResult said) {
        return switch (said) {
            case NoData(var aliases, var soa) -> new NoData(List.of(), soa);
            case NxDomain(var aliases, var soa) -> new NoData(List.of(), soa);
            case Answer answer -> said;
            case Alias alias -> said;
            case OutOfZone outside -> said;
        };
    }
}
