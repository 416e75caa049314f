package io.waymark.dns.listen.https;

/// Bounds of a listener for DNS over HTTPS beside those that it has of TCP.
/// @param connectionsMax open connections, at least 1; past it new ones are closed
/// @param streamsMax     requests of one connection under way over HTTP/2, at least 1
public record HttpsLimits(int connectionsMax, int streamsMax) {
    /// As of CoreDNS.
    public static final HttpsLimits DEFAULT = new HttpsLimits(200, 250);

    /// As good as no bound: what the option 0 asks for.
    public static final int UNBOUNDED = Integer.MAX_VALUE;

    /// Refuses a bound that would answer nobody.
    public HttpsLimits {
        if (connectionsMax < 1 || streamsMax < 1) {
            throw new IllegalArgumentException("a limit is at least 1: " + connectionsMax + ", " + streamsMax);
        }
    }
}
