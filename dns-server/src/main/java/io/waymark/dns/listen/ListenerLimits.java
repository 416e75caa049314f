package io.waymark.dns.listen;

import java.time.Duration;

/// Bounds of the listeners of one address.
/// @param connectionsMax open TCP connections; past it the one that is idle the longest is closed
/// @param inFlightMax    queries of one TCP connection that are not answered yet; past it nothing
///                       more is read from the connection
/// @param queriesMax     queries of one TCP connection in its life, after which it is closed
/// @param queryOctetsMax octets of one query; a longer one over TCP closes the connection, and of a
///                       longer one over UDP only these are looked at
/// @param timeouts       of a TCP connection
public record ListenerLimits(
        int connectionsMax, int inFlightMax, int queriesMax, int queryOctetsMax, Timeouts timeouts) {
    /// As good as no bound.
    public static final int QUERIES_UNBOUNDED = Integer.MAX_VALUE;

    public static final ListenerLimits DEFAULT =
            new ListenerLimits(4_096, 64, QUERIES_UNBOUNDED, 4_096, Timeouts.DEFAULT);

    /// How long a TCP connection may be without progress. All are above 0.
    /// @param read  from its begin to the last octet of its first query; over TLS also for the handshake
    /// @param write until the client takes octets of an answer
    /// @param idle  from one query to the last octet of the next
    public record Timeouts(Duration read, Duration write, Duration idle) {
        public static final Timeouts DEFAULT =
                new Timeouts(Duration.ofSeconds(3), Duration.ofSeconds(5), Duration.ofSeconds(10));

        /// Refuses a time in which nobody could do anything.
        public Timeouts {
            if (!read.isPositive() || !write.isPositive() || !idle.isPositive()) {
                throw new IllegalArgumentException("a timeout is above 0: " + read + ", " + write + ", " + idle);
            }
        }

        /// The same for all.
        public static Timeouts of(Duration each) {
            return new Timeouts(each, each, each);
        }

        Duration shortest() {
            var shorter = read.compareTo(write) < 0 ? read : write;
            return shorter.compareTo(idle) < 0 ? shorter : idle;
        }
    }

    /// Refuses a bound that would answer nobody.
    public ListenerLimits {
        if (connectionsMax < 1 || inFlightMax < 1 || queriesMax < 1 || queryOctetsMax < 512) {
            throw new IllegalArgumentException("a limit is at least 1 (queryOctetsMax 512): " + connectionsMax + ", "
                    + inFlightMax + ", " + queriesMax + ", " + queryOctetsMax);
        }
    }

    /// The share of one of `loops` event loops.
    ListenerLimits ofOneLoop(int loops) {
        return new ListenerLimits(
                Math.max(1, connectionsMax / loops), inFlightMax, queriesMax, queryOctetsMax, timeouts);
    }

    /// The same with other bounds of a connection's life.
    public ListenerLimits with(int queries, Timeouts others) {
        return new ListenerLimits(connectionsMax, inFlightMax, queries, queryOctetsMax, others);
    }
}
