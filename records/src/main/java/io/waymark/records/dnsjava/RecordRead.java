package io.waymark.records.dnsjava;

import io.waymark.records.rr.ResourceRecord;

/// What reading the text of a record gives.
public sealed interface RecordRead {
    /// The record.
    record Read(ResourceRecord resource) implements RecordRead {}

    /// It is none.
    /// @param why for people, without the text itself
    record Unreadable(String why) implements RecordRead {}
}
