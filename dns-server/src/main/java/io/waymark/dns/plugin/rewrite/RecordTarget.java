package io.waymark.dns.plugin.rewrite;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import java.util.Arrays;

/// The name that a record leads to.
final class RecordTarget {
    /// Order and preference of a NAPTR record (RFC 3403 §4.1).
    private static final int NAPTR_FIXED = 4;
    private static final int NAPTR_STRINGS = 3;

    private RecordTarget() {}

    /// The same data with another target; as it is if the type has none.
    static RecordData change(RecordData data, NameChange names) {
        return switch (data) {
            case RecordData.Srv srv ->
                new RecordData.Srv(srv.priority(), srv.weight(), srv.port(), names.of(srv.target()));
            case RecordData.Ptr(var target) -> new RecordData.Ptr(names.of(target));
            case RecordData.Cname(var target) -> new RecordData.Cname(names.of(target));
            case RecordData.Ns(var target) -> new RecordData.Ns(names.of(target));
            case RecordData.Mx(int preference, var exchange) -> new RecordData.Mx(preference, names.of(exchange));
            case RecordData.Soa soa ->
                new RecordData.Soa(
                        names.of(soa.primary()),
                        soa.mailbox(),
                        soa.serial(),
                        soa.refresh(),
                        soa.retry(),
                        soa.expire(),
                        soa.minimum());
            case RecordData.Unknown(var type, var octets)
            when type.equals(RecordType.DNAME) -> ending(type, octets, 0, names);
            case RecordData.Unknown(var type, var octets)
            when type.equals(RecordType.NAPTR) -> ending(type, octets, behindStrings(octets), names);
            case RecordData.A address -> address;
            case RecordData.Aaaa address -> address;
            case RecordData.Txt text -> text;
            case RecordData.Unknown other -> other;
        };
    }

    /// Data whose octets from `at` on are a name; unchanged if they are none.
    private static RecordData ending(RecordType type, byte[] octets, int at, NameChange names) {
        if (!isName(octets, at)) {
            return new RecordData.Unknown(type, octets);
        }
        var target = names.of(DomainName.ofWire(octets, at, octets.length - at));
        var changed = Arrays.copyOf(octets, at + target.length());
        target.copyTo(changed, at);
        return new RecordData.Unknown(type, changed);
    }

    private static int behindStrings(byte[] octets) {
        int at = NAPTR_FIXED;
        for (int i = 0; i < NAPTR_STRINGS && at < octets.length; i++) {
            at += 1 + (octets[at] & 0xff);
        }
        return at;
    }

    private static boolean isName(byte[] octets, int begin) {
        int at = begin;
        while (at < octets.length && octets[at] > 0 && octets[at] <= DomainName.LABEL_OCTETS_MAX) {
            at += 1 + octets[at];
        }
        return at == octets.length - 1 && octets[at] == 0 && octets.length - begin <= DomainName.OCTETS_MAX;
    }
}
