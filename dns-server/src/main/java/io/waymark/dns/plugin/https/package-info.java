/// # https: bounds of DNS over HTTPS
///
/// **Lives here:** [HttpsStage]; the listeners keep to it. **May use:** and **may not:** as all of
/// [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.https;

import org.jspecify.annotations.NullMarked;
