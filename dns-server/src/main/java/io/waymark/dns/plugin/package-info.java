/// # plugin: what a server block can do, one package each
///
/// **Lives here:** what all plugins have in common: [AnsweringStage] and [ObservingStage], the
/// two kinds that meet queries, and [Surroundings], all that they find when they start. A plugin's
/// own package, named as in a Corefile, has its `…Stage` (what its lines mean, a pure value with the
/// reader of these lines), its `…Plugin` (that value at work) and what only it needs.
/// **Read first:** `plugin.health` for a stage, `plugin.forward` for a plugin with state.
/// **May use:** `corefile.stage`, `pipeline`, `loops`, `metrics`, `querylog`, `records`; another
/// plugin only where CoreDNS' option names it (`autopath @kubernetes`), or that it is about (`loop`: of `forward`).
/// **May not:** know the assembly.
/// **Invariant:** a plugin answers, passes, or asks the chain behind it; what it opens ends with it.
/// A new plugin is a new package here and its line in `plan.PluginOrder`.
@NullMarked
package io.waymark.dns.plugin;

import org.jspecify.annotations.NullMarked;
