/// # kubernetes: the names of a cluster
///
/// **Lives here:** [KubernetesStage] and its reader [KubernetesReader]; [KubernetesPlugin], which answers;
/// [Manner], how, and [Compat], for whom;
/// [KubernetesMetadata], what it says of a query, with [NameParts]. **May use:**
/// and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.kubernetes;

import org.jspecify.annotations.NullMarked;
