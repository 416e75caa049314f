/// # command: programs of the host
///
/// **Lives here:** [HostProgram], which runs one with bounds on its time and on what it says.
/// **Read first:** [HostProgram#run]. **May use:** nothing else of Waymark. **May not:** know what a
/// program is for. **Invariant:** a program that is started has ended when the call returns.
@NullMarked
package io.waymark.proxy.command;

import org.jspecify.annotations.NullMarked;
