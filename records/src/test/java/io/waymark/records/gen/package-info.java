/// # gen: random values that replay from a seed
///
/// **Lives here:** [Gen], names, addresses and choices; [MessageGen], records and messages made of
/// them; [PacketGen], octets that are nearly messages. **Read first:** [Gen#seeded].
/// **May use:** `address`, `name`, `rr`, `message`. **May not:** know what a test wants to prove.
/// **Invariant:** equal seeds give equal values, on any machine.
@NullMarked
package io.waymark.records.gen;

import org.jspecify.annotations.NullMarked;
