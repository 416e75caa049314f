package io.waymark.source;

import java.time.Instant;
import java.util.Map;

/// How far a source's state can be trusted.
/// @param synced      whether the first complete state has been delivered; never goes back
/// @param lastContact when the origin last showed that the state is current: a finished list, an
///                    event, a bookmark, a scan; [Instant#EPOCH] before the first
/// @param trouble     what is wrong now, for people; empty if nothing is
/// @param contacts    the last contact of each kind that is read, as in RBAC rules: `endpointslices`
public record Freshness(boolean synced, Instant lastContact, String trouble, Map<String, Instant> contacts) {
    public static final Freshness NOT_YET = new Freshness(false, Instant.EPOCH, "");

    /// Copies the map.
    public Freshness {
        contacts = Map.copyOf(contacts);
    }

    /// Of a source whose kinds are not told apart.
    public Freshness(boolean synced, Instant lastContact, String trouble) {
        this(synced, lastContact, trouble, Map.of());
    }
}
