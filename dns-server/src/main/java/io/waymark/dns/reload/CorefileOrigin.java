package io.waymark.dns.reload;

import io.waymark.dns.plan.CorefileVersion;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import java.util.function.Supplier;

/// Where a server's Corefile comes from.
/// @param sha512 of the version that the server starts with; see [CorefileVersion]
/// @param again  reads it as it is now; on any thread, one call at a time; may block
public record CorefileOrigin(String sha512, Supplier<CorefileVersion> again) {

    /// One that never says anything else.
    public static CorefileOrigin fixed(ServerPlan plan) {
        var version = new CorefileVersion("", new PlanRead.Planned(plan));
        return new CorefileOrigin(version.sha512(), () -> version);
    }
}
