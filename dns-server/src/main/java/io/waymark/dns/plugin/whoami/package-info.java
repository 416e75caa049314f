/// # whoami: who asks
///
/// **Lives here:** [WhoamiStage], and [WhoamiPlugin], which tells clients their own address. **May use:** and **may
/// not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.whoami;

import org.jspecify.annotations.NullMarked;
