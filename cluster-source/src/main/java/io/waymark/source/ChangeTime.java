package io.waymark.source;

import java.time.Instant;

/// When a change was made, and by whose clock.
/// @param at [Instant#EPOCH] if it is not known
public record ChangeTime(Instant at, Clock clock) {
    public static final ChangeTime UNKNOWN = new ChangeTime(Instant.EPOCH, Clock.API_SERVER);

    /// The clocks that objects are stamped with.
    public enum Clock {
        /// Of the endpoint slice controller, which notes the change that made it act, of a Pod or a
        /// Service, to the nanosecond (annotation `endpoints.kubernetes.io/last-change-trigger-time`).
        CONTROLLER,
        /// Of the API server, which notes the second in which it wrote the object: the latest of
        /// `managedFields[].time`, or `creationTimestamp`. So it seems up to one second too early.
        API_SERVER
    }

    public boolean isKnown() {
        return !at.equals(Instant.EPOCH);
    }
}
