/// # rr: resource records as values
///
/// **Lives here:** [RecordType], [RecordData] (sealed: one shape per type we make, octets for the
/// rest), [RecordSet] (an RRset, RFC 9499 §5) and [ResourceRecord] (one record of a message).
/// **Read first:** [RecordSet]. **May use:** `name`, `address`. **May not:** know messages or zones.
/// **Invariant:** the data of an RRset are all of its type, and no two are equal.
@NullMarked
package io.waymark.records.rr;

import org.jspecify.annotations.NullMarked;
