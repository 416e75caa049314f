/// # stage: the words that plugins' lines are made of
///
/// **Lives here:** [Stage], what a plugin's lines come to; [Section], with which each plugin reads
/// them, and the kinds of values they share: [ValueKind], [ZoneText], [ListenAddress] and others.
/// **Read first:** [Section]. **May use:** `corefile`, `records`. **May not:** sockets, files, clocks,
/// threads, loggers; know any plugin.
/// **Invariant:** a stage that exists is valid; what is not is a problem with its position.
@NullMarked
package io.waymark.dns.corefile.stage;

import org.jspecify.annotations.NullMarked;
