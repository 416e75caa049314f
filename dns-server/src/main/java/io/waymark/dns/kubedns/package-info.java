/// # kubedns: kube-dns' configuration, put into a Corefile
///
/// **Lives here:** [KubeDnsConfig], what its ConfigMap says; [KubeDnsReader], the reader of the
/// values, which are JSON; [KubeDnsSettings], what its flags say; [KubeDnsCorefile], the Corefile
/// that both come to; [BrokenValues], what went wrong, for a scrape. **Read first:** [KubeDnsCorefile]. **May use:**
/// `records`, the JSON of Vert.x.
/// **May not:** sockets, files, clocks, threads; where the values come from is the command's business.
/// **Invariant:** a value that cannot be understood changes nothing: the last good one stays.
@NullMarked
package io.waymark.dns.kubedns;

import org.jspecify.annotations.NullMarked;
