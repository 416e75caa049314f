/// # config: kube-proxy's configuration, as a file and as flags
///
/// **Lives here:** [ProxyConfig], a tree of records with kube-proxy's names and defaults;
/// [ConfigReader], a `KubeProxyConfiguration` (v1alpha1) to it, every problem at its place;
/// [ProxyFlag], the flags that say the same, each with the field it stands for; [ConfigText], the
/// file that says what a configuration is. **Read first:** [ProxyConfig], then [ConfigReader#read].
/// **May use:** `document`, `rules.node`, `records`. **May not:** open files.
/// **Invariant:** what kube-proxy takes is taken as the same, but for what cannot work; what is wrong is
/// told whole.
/// Source: kubeproxy.config.k8s.io/v1alpha1 of Kubernetes 1.36.
@NullMarked
package io.waymark.proxy.config;

import org.jspecify.annotations.NullMarked;
