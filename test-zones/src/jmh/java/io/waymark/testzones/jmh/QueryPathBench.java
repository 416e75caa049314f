package io.waymark.testzones.jmh;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Namespace;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.message.Reply;
import io.waymark.records.message.ReplyComposer;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import io.waymark.records.view.View;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.ClusterZone;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.IndexConfig;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.PodMode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/// The way of a query without its sockets: octets, query, lookup, reply, octets. 10,000 Services,
/// a tenth of them headless with ten endpoints.
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Thread)
public class QueryPathBench {
    private static final int SERVICES = 10_000;
    private static final DomainName ORIGIN = DomainName.of("cluster.local.");

    /// What is asked for.
    @Param({"clusterIp", "headless", "srv", "nxdomain", "nodata"})
    public String kind;

    private final ReplyComposer composer = new ReplyComposer();
    private final byte[] target = new byte[4096];
    private byte[][] wires;
    private Query[] queries;
    private Reply[] replies;
    private ClusterZone zone;
    private int next;

    /// Fills the zone, and makes the questions.
    @Setup
    public void fill() {
        var state = new ClusterState();
        var index = new ClusterIndex(IndexConfig.DEFAULT);
        state.apply(new ClusterDelta.PutNamespace(new Namespace("shop", new Origin.None())));
        for (int i = 0; i < SERVICES; i++) {
            state.apply(new ClusterDelta.PutService(service(i)));
            state.apply(new ClusterDelta.PutSlice(slice(i)));
        }
        index.synced(state);
        zone = new ClusterZone(ORIGIN, new ClusterZoneConfig(ORIGIN, 30, PodMode.INSECURE, List.of()), index);
        wires = new byte[1024][];
        queries = new Query[wires.length];
        replies = new Reply[wires.length];
        for (int i = 0; i < wires.length; i++) {
            wires[i] = wire(i);
            queries[i] = (Query) Query.parse(wires[i], 0, wires[i].length);
            replies[i] = reply(queries[i]);
        }
    }

    /// Octets to query.
    @Benchmark
    public Object parse() {
        var wire = wires[++next & 1023];
        return Query.parse(wire, 0, wire.length);
    }

    /// Query to reply.
    @Benchmark
    public Object lookup() {
        return reply(queries[++next & 1023]);
    }

    /// Reply to octets.
    @Benchmark
    public int compose() {
        int i = ++next & 1023;
        return composer.compose(queries[i], replies[i], target, 0, 1232);
    }

    /// Octets to octets.
    @Benchmark
    public int whole() {
        var wire = wires[++next & 1023];
        var query = (Query) Query.parse(wire, 0, wire.length);
        return composer.compose(query, reply(query), target, 0, 1232);
    }

    private Reply reply(Query query) {
        var question = query.question();
        return switch (zone.lookup(View.ALL, question.name(), question.type())) {
            case LookupResult.Answer(var answer, var additional) ->
                new Reply(Rcode.NOERROR, true, true, answer, List.of(), additional);
            case LookupResult.NoData(var aliases, var soa) ->
                new Reply(Rcode.NOERROR, true, true, aliases, List.of(soa), List.of());
            case LookupResult.NxDomain(var aliases, var soa) ->
                new Reply(Rcode.NXDOMAIN, true, true, aliases, List.of(soa), List.of());
            case LookupResult.Alias alias -> Reply.of(Rcode.SERVFAIL);
            case LookupResult.OutOfZone() -> Reply.of(Rcode.REFUSED);
        };
    }

    private byte[] wire(int i) {
        int plain = i * 10 % SERVICES;
        int headless = plain + 9;
        var name =
                switch (kind) {
                    case "headless" -> "svc-" + headless + ".shop.svc";
                    case "srv" -> "_http._tcp.svc-" + headless + ".shop.svc";
                    case "nxdomain" -> "svc-" + plain + ".shop.shop.svc";
                    default -> "svc-" + plain + ".shop.svc";
                };
        var type =
                switch (kind) {
                    case "srv" -> RecordType.SRV;
                    case "nodata" -> RecordType.AAAA;
                    default -> RecordType.A;
                };
        var question = new Question(DomainName.of(name).under(ORIGIN), type, ResourceRecord.CLASS_IN);
        var message = new Message(
                new Header(i, Header.RD),
                Rcode.NOERROR,
                List.of(question),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty());
        return MessageComposer.compose(message, 512);
    }

    private static Service service(int i) {
        var name = new NamespacedName("shop", "svc-" + i);
        var ports = List.of(new ServicePort("http", Protocol.TCP, 80));
        return i % 10 == 9
                ? new Service.Headless(name, new Origin.None(), ports)
                : new Service.ClusterIp(
                        name, new Origin.None(), List.of(new IpAddress.V4(0x0a600000 + i)), ports);
    }

    private static EndpointSlice slice(int i) {
        var endpoints = new Endpoints.Builder(4);
        for (int j = 0; j < 10; j++) {
            endpoints.add(new IpAddress.V4(0x0a800000 + i * 10 + j), Endpoints.Row.READY);
        }
        return new EndpointSlice(
                new NamespacedName("shop", "svc-" + i + "-x"),
                new Origin.None(),
                "svc-" + i,
                List.of(new EndpointPort("http", Protocol.TCP, 8080)),
                endpoints.build());
    }
}
