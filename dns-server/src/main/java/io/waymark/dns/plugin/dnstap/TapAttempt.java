package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.plugin.forward.Attempt;
import io.waymark.dns.plugin.forward.upstream.Upstream.Way;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A query to an upstream, and the reply. Clients that share the question share it too, so it has no text of
/// any of them.
/// @param at when the reply came, or the patience ended
record TapAttempt(Attempt attempt, Instant at) implements Tapped {
    private static final int FORWARDER_QUERY = 7;
    private static final int FORWARDER_RESPONSE = 8;

    @Override
    public List<byte[]> encoded(DnstapStage stage) {
        var query = TapMessage.dnstap(stage, "", query(stage.full()));
        return attempt.reply().length == 0
                ? List.of(query)
                : List.of(query, TapMessage.dnstap(stage, "", reply(stage.full())));
    }

    private Protobuf query(boolean full) {
        var message = asked(FORWARDER_QUERY);
        return full ? message.octets(10, TapMessage.octets(attempt.query())) : message;
    }

    private Protobuf reply(boolean full) {
        var message = asked(FORWARDER_RESPONSE).number(12, at.getEpochSecond()).fixed(13, at.getNano());
        return full ? message.octets(14, attempt.reply()) : message;
    }

    private Protobuf asked(int type) {
        var upstream = attempt.route().address();
        var address = upstream.getAddress().getAddress();
        var began = at.minus(Duration.ofNanos(attempt.nanos()));
        return new Protobuf()
                .number(1, type)
                .number(2, address.length == 4 ? 1 : 2)
                .number(3, attempt.route().way() == Way.STREAM ? 2 : 1)
                .octets(5, address)
                .number(7, upstream.getPort())
                .number(8, began.getEpochSecond())
                .fixed(9, began.getNano());
    }
}
