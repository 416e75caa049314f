/// # packets: the same packets through kube-proxy's rules and through ours
///
/// **Lives here:** [PacketsDifferentialTest], the table `packets/flows.txt` through the real kube-proxy in its
/// modes, through Waymark in its own and through `trace`; [MovingTest], connections while all changes;
/// [ForeignRulesTest], others' rules beside ours; [PacketNode],
/// the node, its Pods and a client, each a
/// network namespace with a [Party] in it that asks and answers; [Programmer], who makes the rules there;
/// [Setup], its flags; [Flow], one row; [ApiWay], how a namespace reaches the API server.
/// **Read first:** [PacketsDifferentialTest]. **May use:** `peer`, `bench`'s C programs, `service-proxy`.
/// **May not:** program the kernel outside of network namespaces that it made.
/// **Invariant:** each programmer has a node that nobody had before; what is compared is who answered, and
/// which address that one saw.
@NullMarked
package io.waymark.testzones.packets;

import org.jspecify.annotations.NullMarked;
