/// # acl: who may ask what
///
/// **Lives here:** [AclStage] with its reader, and [AclPlugin], which lets queries through or not.
/// **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.acl;

import org.jspecify.annotations.NullMarked;
