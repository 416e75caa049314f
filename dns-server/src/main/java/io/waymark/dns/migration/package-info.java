/// # migration: what becomes of each line of a Corefile that CoreDNS ran with
///
/// **Lives here:** [MigrationReport], the lines and their [Fate]; [KnownFates], the one table of what
/// is better here. **Read first:** [MigrationReport]. **May use:** `corefile`, `plan`.
/// **May not:** sockets, files, clocks, threads, loggers. **Invariant:** there is one reader: a line is
/// refused or ignored exactly if that reader says so.
@NullMarked
package io.waymark.dns.migration;

import org.jspecify.annotations.NullMarked;
