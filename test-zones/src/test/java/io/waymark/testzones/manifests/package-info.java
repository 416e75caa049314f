/// # manifests: the files in `k8s-manifests`, as others see them
///
/// **Lives here:** [ManifestsTest], on a real API server and by what kubeadm, the autoscaler, the
/// end-to-end tests of Kubernetes and dashboards look for; [MonitoringTest], whatever alerts and dashboards
/// ask ([MetricQuery]) against what is exported ([ExportedMetric]); [Kustomization], one folder of them,
/// built with real kustomize; [FieldPath], a field of an object by its path.
/// **Read first:** [ManifestsTest]. **May use:** `peer`. **May not:** Waymark's own code.
/// **Invariant:** whatever is in that folder is accepted under strict validation.
@NullMarked
package io.waymark.testzones.manifests;

import org.jspecify.annotations.NullMarked;
