/// # file: zones out of master files
///
/// **Lives here:** [FileStage] and [FileReader], what the lines mean; [ZoneFile], a file and the zone that
/// it was when it was last good; [IncludedText], a master file with what it includes; [FilePlugin], which
/// answers. What a zone says is in `records.masterfile`. **Read first:** [FilePlugin], then [ZoneFile].
/// **May use:** and **may not:** as all of [io.waymark.dns.plugin].
/// **Invariant:** a query sees a zone before a change or after it; a file that goes wrong keeps the zone.
@NullMarked
package io.waymark.dns.plugin.file;

import org.jspecify.annotations.NullMarked;
