package io.waymark.dns.plugin;

import io.waymark.records.name.DomainName;
import io.waymark.records.view.View;
import io.waymark.records.zone.ZoneContents;
import java.util.function.Consumer;

/// A plugin with zones that the plugin `transfer` may hand over whole.
public interface Transferable {

    /// What it has of the zone with this apex. Not called on an event loop, so it may take a while.
    /// @param view what the one who asks may see
    Offer offer(View view, DomainName apex);

    /// Has a listener told the apex of each zone of which secondaries shall hear (RFC 1996): those that are there,
    /// at once, and any whose serial changes, on whatever thread. Zones that change with every Pod are not told.
    default void tellChanges(Consumer<DomainName> listener) {}

    /// What a plugin has of a zone.
    sealed interface Offer {
        /// All of it.
        record Whole(ZoneContents contents) implements Offer {}

        /// It is the plugin's, but not known completely: a copy would lack names.
        record NotYet(String why) implements Offer {}

        /// It is none of the plugin's zones.
        record Foreign() implements Offer {}
    }
}
