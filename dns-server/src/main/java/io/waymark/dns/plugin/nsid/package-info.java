/// # nsid: which server answered (RFC 5001)
///
/// **Lives here:** [NsidStage], and [NsidPlugin], which names the server to those who ask. **May use:** and **may
/// not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.nsid;

import org.jspecify.annotations.NullMarked;
