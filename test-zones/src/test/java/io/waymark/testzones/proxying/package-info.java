/// # proxying: the data path beside kube-proxy
///
/// **Lives here:** [ConfigDifferentialTest], configurations that both read; [ProxyProcessTest], the command as an
/// operator runs it. **Read first:** [ProxyProcessTest].
/// **May use:** `peer`, `service-proxy`. **May not:** program the kernel outside of network
/// namespaces that it made. **Invariant:** what is said of kube-proxy was asked of the real one.
@NullMarked
package io.waymark.testzones.proxying;

import org.jspecify.annotations.NullMarked;
