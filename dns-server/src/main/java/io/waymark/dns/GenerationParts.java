package io.waymark.dns;

import io.waymark.dns.feed.FeedClaim;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.records.address.IpAddress;
import java.util.List;

/// What all blocks of one generation share.
/// @param plan           the Corefile
/// @param process        what all generations share
/// @param parts          what its plugins open and keep
/// @param pages          what they show over HTTP
/// @param feeds          what they read of the cluster
/// @param localAddresses where it can be reached; see [io.waymark.records.zone.ClusterZoneConfig]
record GenerationParts(
        ServerPlan plan,
        ProcessParts process,
        PartsOfPlugins parts,
        Pages pages,
        FeedClaim feeds,
        List<IpAddress> localAddresses) {}
