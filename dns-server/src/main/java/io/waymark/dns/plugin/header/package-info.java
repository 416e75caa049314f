/// # header: bits of the header, set or cleared
///
/// **Lives here:** [HeaderStage] with its reader, and [HeaderPlugin], which changes them. **May use:** and **may not:**
/// as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.header;

import org.jspecify.annotations.NullMarked;
