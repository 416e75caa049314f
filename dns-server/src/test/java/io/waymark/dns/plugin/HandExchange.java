package io.waymark.dns.plugin;

import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.Client;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Notes;
import io.waymark.dns.pipeline.Transport;
import io.waymark.records.message.Query;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import java.net.InetSocketAddress;

/// Queries for a plugin that is tested alone.
public final class HandExchange {
    private HandExchange() {}

    /// Over UDP, with RD and without EDNS; there is no server around it to ask again.
    public static Exchange of(String name, RecordType type, String client) {
        var octets = Ask.query(7, name, type);
        if (!(Query.parse(octets, 0, octets.length) instanceof Query query)) {
            throw new AssertionError("no query: " + name);
        }
        return new Exchange(
                query,
                new Client(Transport.UDP, new InetSocketAddress(client, 4_242)),
                View.ALL,
                0,
                new Notes(exchange -> {
                    throw new AssertionError("nobody asks the server: " + exchange.question());
                }));
    }
}
