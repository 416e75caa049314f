package io.waymark.source;

import java.time.Instant;

/// How far a source's state can be trusted.
/// @param synced      whether the first complete state has been delivered; never goes back
/// @param lastContact when the origin last showed that the state is current: a finished list, an
///                    event, a bookmark, a scan; [Instant#EPOCH] before the first
/// @param trouble     what is wrong now, for people; empty if nothing is
public record Freshness(boolean synced, Instant lastContact, String trouble) {
    public static final Freshness NOT_YET = new Freshness(false, Instant.EPOCH, "");
}
