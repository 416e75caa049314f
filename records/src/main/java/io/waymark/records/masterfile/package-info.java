/// # masterfile: a zone that somebody wrote down
///
/// **Lives here:** [StaticZone], all records of one zone, and how a question is answered from them
/// (RFC 1034 §4.3.2, RFC 4592, RFC 6672); [StaticAnswer], all that it can say;
/// [NameTree], which names exist and what is found at each; [Signatures], what a signed zone adds.
/// **Read first:** [StaticZone#answer]. **May use:** `name`, `rr`, `message` for response codes.
/// **May not:** sockets, files, clocks, threads, loggers. **Invariant:** a zone never changes; a
/// changed file is another zone.
@NullMarked
package io.waymark.records.masterfile;

import org.jspecify.annotations.NullMarked;
