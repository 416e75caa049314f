package io.waymark.dns.plugin.forward.target;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.dns.plugin.forward.upstream.Endpoint;
import io.waymark.dns.plugin.forward.upstream.PlainUpstream;
import io.waymark.dns.plugin.forward.upstream.StreamLimits;
import io.waymark.dns.plugin.forward.upstream.Upstream;
import io.waymark.dns.plugin.forward.upstream.UpstreamMetrics;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Header;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.LongAdder;

/// The addresses of upstreams that a Corefile has by name, asked for once, when the server starts:
/// of the resolvers that it names, one after the other, or of the system's. Names are absolute.
/// Blocks.
public final class HostLookup {
    private static final Upstream.Patience PATIENCE = Upstream.Patience.of(Duration.ofSeconds(2));

    private final Surroundings around;
    private final List<ListenAddress> resolvers;
    private final List<IpAddress> sources;

    public HostLookup(Surroundings around, List<ListenAddress> resolvers, List<IpAddress> sources) {
        this.around = around;
        this.resolvers = resolvers;
        this.sources = sources;
    }

    /// At least one. Throws a [ForwardStartException] if there is none.
    /// @param where the place that has the name, for the message
    public List<IpAddress> addresses(DomainName name, String where) {
        var addresses = resolvers.isEmpty() ? system(name, where) : resolved(name, where);
        if (addresses.isEmpty()) {
            throw refuse(name, where, "it has no address");
        }
        return addresses;
    }

    private static List<IpAddress> system(DomainName name, String where) {
        try {
            return Arrays.stream(InetAddress.getAllByName(name.toString()))
                    .map(address -> IpAddress.of(address.getHostAddress().replaceFirst("%.*", "")))
                    .distinct()
                    .toList();
        } catch (UnknownHostException unknown) {
            throw refuse(name, where, "the system does not find it");
        }
    }

    private List<IpAddress> resolved(DomainName name, String where) {
        var trouble = "";
        for (var resolver : resolvers) {
            var endpoint = Endpoint.of(resolver.address(), resolver.port(), sources);
            // Not what the metrics of forwarding are about.
            var apart = new UpstreamMetrics(new Metrics(), endpoint.name(), new LongAdder());
            try (var upstream = new PlainUpstream(
                    around.loops(), endpoint, StreamLimits.DEFAULT, apart, around.random(), around.nanoTime())) {
                var addresses = new ArrayList<IpAddress>();
                for (var type : List.of(RecordType.A, RecordType.AAAA)) {
                    addresses.addAll(ask(upstream, name, type));
                }
                if (!addresses.isEmpty()) {
                    return addresses;
                }
            } catch (CompletionException failed) {
                trouble = String.valueOf(
                        Optional.ofNullable(failed.getCause()).orElse(failed).getMessage());
            }
        }
        throw refuse(name, where, trouble.isEmpty() ? "no resolver has an address for it" : trouble);
    }

    private static List<IpAddress> ask(Upstream upstream, DomainName name, RecordType type) {
        var query = Query.of(new Question(name, type, ResourceRecord.CLASS_IN), Header.RD);
        var octets = upstream.ask(query, Upstream.Way.DATAGRAM, PATIENCE).join().octets();
        var addresses = new ArrayList<IpAddress>();
        if (MessageParser.parse(octets, 0, octets.length) instanceof MessageParse.Parsed(var message, int end)) {
            for (var record : message.answer()) {
                switch (record.data()) {
                    case RecordData.A(var address) -> addresses.add(address);
                    case RecordData.Aaaa(var address) -> addresses.add(address);
                    default -> {}
                }
            }
        }
        return addresses;
    }

    private static ForwardStartException refuse(DomainName name, String where, String why) {
        return new ForwardStartException(where + ": forward to " + name + ": " + why
                + "; write the addresses of DNS servers, or name one with resolver that knows the name");
    }
}
