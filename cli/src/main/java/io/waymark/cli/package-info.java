/// # cli: the commands
///
/// **Lives here:** [Main], where the process begins and the only place that ends it; one class per
/// command; [ExitCode], what the process says when it ends. **Read first:** [Main], then
/// [DnsCommand]. **May use:** everything that ships. **May not:** hold logic: options go in, an exit
/// code comes out, and what happens between is in the module that knows it.
/// **Invariant:** standard output carries only what was asked for; every word about it goes to
/// standard error, an error in one line that says what to do.
@NullMarked
package io.waymark.cli;

import org.jspecify.annotations.NullMarked;
