package io.waymark.records.rr;

import io.waymark.records.name.DomainName;
import java.util.List;

/// An RRset (RFC 9499 §5): all records of one owner and type, in class IN.
/// @param ttl in seconds, 0 to 2^31 - 1 (RFC 2181 §8)
/// @param data at least one, all of `type`; the order is the one they are sent in
public record RecordSet(DomainName owner, RecordType type, int ttl, List<RecordData> data) {
    /// Copies the data; an RRset without any throws, for it would be NODATA.
    public RecordSet {
        data = List.copyOf(data);
        if (data.isEmpty() || ttl < 0) {
            throw new IllegalArgumentException("an RRset has data and a TTL of at least 0: " + owner + " " + type);
        }
    }

    /// An RRset of one record.
    public static RecordSet of(DomainName owner, int ttl, RecordData data) {
        return new RecordSet(owner, data.type(), ttl, List.of(data));
    }
}
