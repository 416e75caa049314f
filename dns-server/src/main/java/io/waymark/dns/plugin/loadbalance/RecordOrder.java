package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Outcome;

/// An order of the records of an answer.
sealed interface RecordOrder permits ShuffledRecords, WeightedFirst {

    /// The same outcome in this order; of NOERROR alone, others are left as they are.
    Outcome order(Outcome outcome, Exchange exchange);
}
