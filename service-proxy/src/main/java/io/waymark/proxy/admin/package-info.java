/// # admin: what the daemon says of itself, over HTTP
///
/// **Lives here:** [AdminPages], kube-proxy's pages; [AdminServer], who serves them. **Read first:**
/// [AdminPages]. **May use:** `reconcile`, `metrics`, `http`. **May not:** change
/// anything. **Invariant:** a page is answered from memory and never waits for the kernel.
@NullMarked
package io.waymark.proxy.admin;

import org.jspecify.annotations.NullMarked;
