/// # loadbalance: in which order addresses are answered
///
/// **Lives here:** [LoadbalanceStage]; [LoadbalancePlugin], which has one of the orders do its work:
/// [ShuffledRecords], by chance, or [AddressWeights], by chance with weights out of a [WeightFile];
/// [PreferredFirst] comes behind it. **Read first:** [ShuffledRecords]. **May use:** and **may not:** as
/// all of [io.waymark.dns.plugin].
/// **Invariant:** no record is added, lost or changed.
@NullMarked
package io.waymark.dns.plugin.loadbalance;

import org.jspecify.annotations.NullMarked;
