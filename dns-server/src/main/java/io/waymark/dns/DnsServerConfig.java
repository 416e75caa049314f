package io.waymark.dns;

import io.waymark.dns.feed.SourceFactory;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.reload.CorefileOrigin;
import java.io.PrintStream;
import java.time.Duration;

/// All that a server is started with.
/// @param plan     the compiled Corefile: where to listen and what to answer there
/// @param corefile where that comes from
/// @param sources  where the objects of the cluster come from
/// @param loops    event loops, at least 1
/// @param limits   of each listener
/// @param queryLog where the `log` and `errors` plugins write
/// @param drainMax how long answers that are on their way are waited for when the server ends
public record DnsServerConfig(
        ServerPlan plan,
        CorefileOrigin corefile,
        SourceFactory sources,
        int loops,
        ListenerLimits limits,
        PrintStream queryLog,
        Duration drainMax) {

    /// A loop for each processor, and the usual bounds.
    public static DnsServerConfig of(ServerPlan plan, CorefileOrigin corefile, SourceFactory sources) {
        int processors = Runtime.getRuntime().availableProcessors();
        return new DnsServerConfig(
                plan, corefile, sources, processors, ListenerLimits.DEFAULT, System.out, Duration.ofSeconds(5));
    }
}
