/// # host: what the daemon wants of the host beside rules
///
/// **Lives here:** [KernelSettings], which settings of the kernel a configuration asks for, and
/// [KernelFiles], which makes them; [ConfigFileWatch], whether the configuration is another by now. **Read first:**
/// [KernelSettings#of]. **May use:** `config`, files
/// below `/proc` and `/sys`. **May not:** know Services. **Invariant:** what is as it should be is not
/// written, so that a daemon without the right to write serves a host that was prepared for it.
@NullMarked
package io.waymark.proxy.host;

import org.jspecify.annotations.NullMarked;
