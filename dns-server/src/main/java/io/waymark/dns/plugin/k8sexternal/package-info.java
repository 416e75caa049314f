/// # k8s_external: the names of a cluster for those outside of it
///
/// **Lives here:** [ExternalStage]; the zones are [io.waymark.records.zone.ExternalZone]s, and what
/// answers out of them is the plugin of `plugin.kubernetes`, whose cluster they read: CoreDNS' plugin
/// rests on that of the same block too. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.k8sexternal;

import org.jspecify.annotations.NullMarked;
