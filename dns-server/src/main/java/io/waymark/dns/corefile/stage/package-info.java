/// # stage: what a plugin's lines mean, as values
///
/// **Lives here:** [Stage] and one record per plugin, with its defaults, its reader and the text
/// of its settings; [PluginOrder], the one list that says in which order they act and what is not
/// supported yet. **Read first:** [PluginOrder], then [HealthStage] as the shortest example.
/// **May use:** `corefile`, `records`. **May not:** sockets, files, clocks, threads, loggers.
/// **Invariant:** a stage that exists is valid; what is not is a problem with its position.
/// A new plugin is one new file here, its name in [Stage]'s list and its line in [PluginOrder].
@NullMarked
package io.waymark.dns.corefile.stage;

import org.jspecify.annotations.NullMarked;
