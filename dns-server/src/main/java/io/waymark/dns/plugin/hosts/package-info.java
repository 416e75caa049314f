/// # hosts: names out of a file in the form of /etc/hosts
///
/// **Lives here:** [HostsStage] and [HostsReader], what the lines mean; [HostsTable], the names of one
/// text (pure); [HostsFile], the table of a file as it is now; [HostsPlugin], which answers.
/// **Read first:** [HostsPlugin]. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
/// **Invariant:** a query sees the file before a change or after it; a file that cannot be read any
/// more keeps the names that it had.
@NullMarked
package io.waymark.dns.plugin.hosts;

import org.jspecify.annotations.NullMarked;
