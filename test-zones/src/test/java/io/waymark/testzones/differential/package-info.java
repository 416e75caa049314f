/// # differential: the same cluster, the same questions, CoreDNS beside Waymark
///
/// **Lives here:** [DifferentialTest], the comparison; [MatrixTest], the same by
/// chance; [WildTest], with Corefiles of distributions; [NodeLocalTest], the one that binds a link-local address;
/// [GeneratedCluster], the objects;
/// [Questions], what is asked; [Difference], one row of `docs/differences.md` as a function from
/// what CoreDNS says to what Waymark says. **Read first:** [DifferentialTest], then [Difference].
/// **May use:** `peer`, `ask`. **May not:** Waymark's own code.
/// **Invariant:** an answer is equal to CoreDNS', or to what the rows of the table make of it; and
/// each row of the table is needed by at least one answer.
@NullMarked
package io.waymark.testzones.differential;

import org.jspecify.annotations.NullMarked;
