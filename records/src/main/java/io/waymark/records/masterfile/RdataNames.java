package io.waymark.records.masterfile;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Names in the data of records.
final class RdataNames {
    private RdataNames() {}

    /// The names whose addresses a client will want next.
    static List<DomainName> targets(RecordSet rrset) {
        var targets = new ArrayList<DomainName>();
        for (var data : rrset.data()) {
            switch (data) {
                case RecordData.Srv srv -> targets.add(srv.target());
                case RecordData.Mx mx -> targets.add(mx.exchange());
                case RecordData.Ns(var server) -> targets.add(server);
                case RecordData.Unknown(var type, var octets) -> {
                    if (type.equals(RecordType.SVCB) || type.equals(RecordType.HTTPS)) {
                        uncompressed(octets, 2).ifPresent(targets::add);
                    }
                }
                case RecordData.A a -> {}
                case RecordData.Aaaa aaaa -> {}
                case RecordData.Ptr ptr -> {}
                case RecordData.Cname cname -> {}
                case RecordData.Soa soa -> {}
                case RecordData.Txt txt -> {}
            }
        }
        return targets;
    }

    /// A name without compression, as RDATA of newer types has it (RFC 3597 §4).
    static Optional<DomainName> uncompressed(byte[] octets, int from) {
        var labels = new ArrayList<String>();
        int at = from;
        while (at < octets.length && octets[at] != 0) {
            int length = octets[at];
            if (length < 0 || at + length >= octets.length) {
                return Optional.empty();
            }
            labels.add(new String(octets, at + 1, length, StandardCharsets.ISO_8859_1));
            at += 1 + length;
        }
        var name = DomainName.ROOT;
        for (var label : labels.reversed()) {
            name = name.child(label);
        }
        return at < octets.length ? Optional.of(name) : Optional.empty();
    }
}
