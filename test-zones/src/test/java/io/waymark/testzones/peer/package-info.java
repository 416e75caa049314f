/// # peer: the real programs around Waymark, as processes
///
/// **Lives here:** [Peers], where the programs are; [ControlPlane], etcd and kube-apiserver, and
/// [Api], what is done to it, [ServiceImports] for one; [DnsProcess], CoreDNS or `./waymark dns`; [Program], one
/// process that
/// ends with us; [ScratchFolder], its files; [NetworkNamespace], where each port is free; [Identity],
/// a certificate; [Await], a bounded wait. **Read first:** [ControlPlane#start], then [DnsProcess].
/// **May use:** sockets, files, processes, the clock. **May not:** code of Waymark: what is proven
/// here is proven from outside, as a user sees it.
/// **Invariant:** each process is ended by its id, at the latest when this JVM ends.
@NullMarked
package io.waymark.testzones.peer;

import org.jspecify.annotations.NullMarked;
