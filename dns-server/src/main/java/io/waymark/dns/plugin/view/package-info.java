/// # view: which queries a server block takes
///
/// **Lives here:** [ViewStage]. Its conditions are in `expression`, the choice in `pipeline.QueryPipeline`.
/// **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.view;

import org.jspecify.annotations.NullMarked;
