package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;

/// What is asked (RFC 1035 §4.1.2).
/// @param name        the QNAME, in lower case as every name here; the letters as they were asked
///                    stay in the query's octets and are echoed from there
/// @param recordClass the QCLASS, 16 bits; 1 is IN
public record Question(DomainName name, RecordType type, int recordClass) {}
