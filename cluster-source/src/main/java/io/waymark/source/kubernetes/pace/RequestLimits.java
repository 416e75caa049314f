package io.waymark.source.kubernetes.pace;

/// How hard an API server may be asked by one source; 0 stands for no bound.
/// @param perSecond   requests on average: each list, each new watch
/// @param burst       requests that may come at once after a quiet time; at least one may
/// @param underWayMax lists at a time; watches, which last, do not count, as at the server itself
public record RequestLimits(double perSecond, int burst, int underWayMax) {
    public static final RequestLimits NONE = new RequestLimits(0, 0, 0);

    /// Refuses negative bounds.
    public RequestLimits {
        if (!(perSecond >= 0) || burst < 0 || underWayMax < 0) {
            throw new IllegalArgumentException("a bound is negative: " + perSecond + ", " + burst + ", " + underWayMax);
        }
    }
}
