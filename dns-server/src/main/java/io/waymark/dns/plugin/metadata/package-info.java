/// # metadata: plugins tell each other what they know of a query
///
/// **Lives here:** [MetadataStage]. What is told is in [io.waymark.dns.pipeline.Notes#metadata], and by whom in
/// [io.waymark.dns.pipeline.MetadataProvider]. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.metadata;

import org.jspecify.annotations.NullMarked;
