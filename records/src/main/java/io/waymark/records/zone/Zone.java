package io.waymark.records.zone;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;

/// The names at and below one apex. Any thread may ask at any time.
public interface Zone {

    /// The apex of the zone.
    DomainName origin();

    /// What the zone says about `name` and `type` to a client with this view.
    LookupResult lookup(View view, DomainName name, RecordType type);

    /// All that the zone has for a client with this view, as of now. Takes a while in a large cluster:
    /// not for an event loop.
    ZoneContents contents(View view);
}
