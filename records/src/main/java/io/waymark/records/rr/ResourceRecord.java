package io.waymark.records.rr;

import io.waymark.records.name.DomainName;

/// One record of a message (RFC 1035 §3.2.1).
/// @param recordClass 16 bits; 1 is IN
/// @param ttl in seconds, 0 to 2^31 - 1; a value with the highest bit set is read as 0 (RFC 2181 §8)
public record ResourceRecord(DomainName owner, int recordClass, int ttl, RecordData data) {
    public static final int CLASS_IN = 1;
    public static final int CLASS_CHAOS = 3;
    public static final int CLASS_ANY = 255;

    /// The type of the data.
    public RecordType type() {
        return data.type();
    }
}
