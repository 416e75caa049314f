package io.waymark.dns.listen;

import java.time.Duration;

/// Bounds of the listeners of one address.
/// @param connectionsMax open TCP connections; past it the one that is idle the longest is closed
/// @param inFlightMax    queries of one TCP connection that are not answered yet; past it nothing
///                       more is read from the connection
/// @param queryOctetsMax octets of one query; a longer one over TCP closes the connection, and of a
///                       longer one over UDP only these are looked at
/// @param idleMax        how long a TCP connection may neither complete a query nor take an answer
public record ListenerLimits(int connectionsMax, int inFlightMax, int queryOctetsMax, Duration idleMax) {
    public static final ListenerLimits DEFAULT = new ListenerLimits(4_096, 64, 4_096, Duration.ofSeconds(10));

    /// Refuses a bound that would answer nobody.
    public ListenerLimits {
        if (connectionsMax < 1 || inFlightMax < 1 || queryOctetsMax < 512 || idleMax.isNegative() || idleMax.isZero()) {
            throw new IllegalArgumentException("a limit is at least 1 (queryOctetsMax 512): " + connectionsMax + ", "
                    + inFlightMax + ", " + queryOctetsMax + ", " + idleMax);
        }
    }
}
