package io.waymark.dns;

import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.dns.reload.Reloader;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;

/// What all generations of a server share: it lives as long as the process serves.
/// @param limits of listeners whose blocks say nothing else
record ProcessParts(
        EventLoops loops,
        Metrics metrics,
        QueryLog log,
        RandomGenerator random,
        LongSupplier nanoTime,
        InstantSource clock,
        Defects defects,
        ListenerLimits limits,
        KeptParts kept,
        Reloader reloader) {}
