/// # local: names that every host answers for itself
///
/// **Lives here:** [LocalStage], [LocalPlugin], which answers them, and [LocalAnswers], what it says. **May use:** and
/// **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.local;

import org.jspecify.annotations.NullMarked;
