/// # multisocket: how many sockets share an address
///
/// **Lives here:** [MultisocketStage]. **May use:** and **may not:** as all of [io.waymark.dns.plugin].
@NullMarked
package io.waymark.dns.plugin.multisocket;

import org.jspecify.annotations.NullMarked;
