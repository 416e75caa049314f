package io.waymark.records.zone;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.zone.LookupResult.Alias;
import io.waymark.records.zone.LookupResult.Answer;
import io.waymark.records.zone.LookupResult.NoData;
import io.waymark.records.zone.LookupResult.NxDomain;
import io.waymark.records.zone.LookupResult.OutOfZone;
import java.util.List;
import java.util.stream.Collectors;

/// Lookup results as one line of text, names below the origin without it, TTLs left out:
/// `0 100 80 cart.shop.svc ; cart.shop.svc A 10.96.0.10`.
public final class ZoneText {
    private final DomainName origin;

    private ZoneText(DomainName origin) {
        this.origin = origin;
    }

    public static String of(LookupResult result, DomainName origin) {
        var text = new ZoneText(origin);
        return switch (result) {
            case Answer(var answer, var additional) -> text.answer(answer) + text.additional(additional);
            case Alias(var aliases, var target) -> text.aliases(aliases) + "elsewhere " + target;
            case NoData(var aliases, var soa) -> text.aliases(aliases) + "NODATA";
            case NxDomain(var aliases, var soa) -> text.aliases(aliases) + "NXDOMAIN";
            case OutOfZone() -> "OUT OF ZONE";
        };
    }

    /// One record a line: `cart.shop.svc 30 A 10.96.0.10`.
    static List<String> lines(List<RecordSet> sets, DomainName origin) {
        var text = new ZoneText(origin);
        return sets.stream()
                .flatMap(set -> set.data().stream()
                        .map(data ->
                                text.name(set.owner()) + " " + set.ttl() + " " + set.type() + " " + text.data(data)))
                .toList();
    }

    private String answer(List<RecordSet> sets) {
        return aliases(sets.subList(0, sets.size() - 1)) + data(sets.getLast());
    }

    private String aliases(List<RecordSet> sets) {
        return sets.stream().map(set -> "-> " + data(set) + " ").collect(Collectors.joining());
    }

    private String additional(List<RecordSet> sets) {
        return sets.stream()
                .map(set -> " ; " + name(set.owner()) + " " + set.type() + " " + data(set))
                .collect(Collectors.joining());
    }

    private String data(RecordSet set) {
        return set.data().stream().map(this::data).collect(Collectors.joining(", "));
    }

    private String data(RecordData data) {
        return switch (data) {
            case RecordData.A(var address) -> address.toString();
            case RecordData.Aaaa(var address) -> address.toString();
            case RecordData.Srv(int priority, int weight, int port, var target) ->
                priority + " " + weight + " " + port + " " + name(target);
            case RecordData.Ptr(var target) -> name(target);
            case RecordData.Cname(var target) -> name(target);
            case RecordData.Ns(var target) -> name(target);
            case RecordData.Mx(int preference, var exchange) -> preference + " " + name(exchange);
            case RecordData.Soa soa ->
                name(soa.primary()) + " " + name(soa.mailbox()) + " " + soa.serial() + " " + soa.refresh() + " "
                        + soa.retry() + " " + soa.expire() + " " + soa.minimum();
            case RecordData.Txt(var strings) -> String.join(" ", strings);
            case RecordData.Unknown unknown -> unknown.toString();
        };
    }

    private String name(DomainName name) {
        int labels = name.labelsBelow(origin);
        if (labels < 0) {
            return name.toString();
        }
        var text = labels == 0 ? "@" : name.slice(0, labels).toString();
        return labels == 0 ? text : text.substring(0, text.length() - 1);
    }
}
