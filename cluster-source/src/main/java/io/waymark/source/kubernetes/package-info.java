/// # kubernetes: the cluster's state off the API server, by list and watch
///
/// **Lives here:** [KubernetesSource], the assembly; [KubernetesConfig], where the server is and who
/// we are ([Kubeconfig] reads it off a file); [ListWatch], one kind's list and watch for ever;
/// [StateWriter], the one thread's work on the state; [FreshnessLedger], what is known of each kind;
/// [ObjectForm], protobuf for what the API server has built in, JSON for custom resources;
/// [ConfigMapWatch], one ConfigMap, for whoever is configured by one; [ObjectWriter], objects of our own.
/// **Read first:** [KubernetesSource#start], then [ListWatch#run]. **May use:** `http`, `pace`, `protobuf`, `json`;
/// client-java in [Kubeconfig] only, for it costs a second at start. **May not:** know who listens.
/// **Invariant:** what was read is served on whatever happens to the server; a list is compared with
/// the state in place, so that there are never two copies; each loss and return is logged once.
@NullMarked
package io.waymark.source.kubernetes;

import org.jspecify.annotations.NullMarked;
