/// # dns: the server, assembled
///
/// **Lives here:** [DnsServer], every `new` of the server from top to bottom; [DnsServerConfig];
/// [BlockAssembly], which turns a compiled Corefile into plugins at work; [Generation], what one
/// Corefile started. **Read first:** [DnsServer#start]. **May use:** every package below.
/// **May not:** decide anything about a query. **Invariant:** what was started is closed, in the
/// opposite order, whatever failed in between.
@NullMarked
package io.waymark.dns;

import org.jspecify.annotations.NullMarked;
