package io.waymark.dns.plugin.forward.upstream;

import java.time.Duration;

/// How connections to an upstream are kept.
/// @param expire  how long an idle one is kept; zero for not at all
/// @param ageMax  how old one may be that is used again; zero for any age
/// @param idleMax how many idle ones are kept; zero for as many as were in use at once
public record StreamLimits(Duration expire, Duration ageMax, int idleMax) {
    public static final StreamLimits DEFAULT = new StreamLimits(Duration.ofSeconds(10), Duration.ZERO, 0);
}
