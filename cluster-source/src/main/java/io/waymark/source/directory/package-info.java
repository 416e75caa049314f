/// # directory: the cluster's state from manifests on disk
///
/// **Lives here:** [DirectorySource], which looks at files and tells of changes. On the way:
/// [ManifestTree] (which files there are) and [ManifestLibrary] (what they last said that was good),
/// the effects; then, pure, [ClusterPlan] (what a cluster would make of it) and [ClusterDiff] (what
/// of that is new).
/// **Read first:** [DirectorySource], then [DirectoryFollower] and [ClusterPlan#of].
/// **May use:** `manifest`, `records`. **May not:** write anything, or ask a cluster.
/// **Invariant:** what cannot be read or understood changes nothing: the last good form stays.
@NullMarked
package io.waymark.source.directory;

import org.jspecify.annotations.NullMarked;
