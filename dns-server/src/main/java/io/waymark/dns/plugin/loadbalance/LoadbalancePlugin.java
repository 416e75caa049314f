package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Next;
import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.pipeline.Plugin;

/// The `loadbalance` plugin.
final class LoadbalancePlugin implements Plugin {
    private final RecordOrder order;
    private final PreferredFirst preferred;

    LoadbalancePlugin(RecordOrder order, PreferredFirst preferred) {
        this.order = order;
        this.preferred = preferred;
    }

    @Override
    public Outcome answer(Exchange exchange, Next next) {
        return Outcome.map(
                next.ask(exchange), outcome -> preferred.order(order.order(outcome, exchange), exchange.query()));
    }
}
