/// # bind: where a block is served
///
/// **Lives here:** [BindStage]. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.bind;

import org.jspecify.annotations.NullMarked;
