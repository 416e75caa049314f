/// # kubedns: the command in kube-dns' place
///
/// **Lives here:** [KubeDnsOptions], kube-dns' flags; [ConfigValues], where its ConfigMap is read: a
/// mounted folder or the API server; [KubeDnsSurface], the Corefile that both come to, anew whenever
/// it is asked; [StubServers], the addresses of servers that have names.
/// **Read first:** [KubeDnsSurface#corefile]. **May use:** `dns.kubedns` for what is pure.
/// **May not:** end the process, or decide what a value means.
/// **Invariant:** what cannot be read changes nothing, and is said once, not each time.
@NullMarked
package io.waymark.cli.kubedns;

import org.jspecify.annotations.NullMarked;
