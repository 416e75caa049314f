/// # autopath: a client's search list, walked by the server
///
/// **Lives here:** [AutopathStage]; [AutopathPlugin], which walks; [SearchList], where it looks. **Read
/// first:** [AutopathPlugin]. **May use:** and **may not:** as all of [io.waymark.dns.plugin]; the
/// cluster of `plugin.kubernetes`, which `autopath @kubernetes` names. **Invariant:** a client whose
/// namespace is in doubt gets what it would get without.
@NullMarked
package io.waymark.dns.plugin.autopath;

import org.jspecify.annotations.NullMarked;
