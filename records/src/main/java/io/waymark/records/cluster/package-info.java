/// # cluster: the cluster's objects, as far as names and packets need them
///
/// **Lives here:** [Service] (sealed), [EndpointSlice] with its packed [Endpoints], [Namespace],
/// [Pod], [Node], [ServiceCidr]; [ServiceTraffic], what only the data path wants of a Service;
/// [ClusterState], all of them at one moment; [ClusterDelta], one change of it.
/// **Read first:** [ClusterState#apply]. **May use:** `address`. **May not:** know where objects
/// come from (that is `cluster-source`) or what names they get (that is `zone`).
/// **Invariant:** objects are immutable; a state is changed by one thread only, a delta at a time.
@NullMarked
package io.waymark.records.cluster;

import org.jspecify.annotations.NullMarked;
