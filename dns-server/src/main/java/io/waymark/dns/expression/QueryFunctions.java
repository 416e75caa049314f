package io.waymark.dns.expression;

import io.waymark.dns.expression.Value.Text;
import io.waymark.dns.expression.Value.Whole;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.Transport;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Message;
import io.waymark.records.message.UpstreamQuery;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The functions about a query, and some about texts.
final class QueryFunctions {
    private static final Map<Integer, String> CLASSES =
            Map.of(1, "IN", 2, "CS", 3, "CH", 4, "HS", 254, "NONE", 255, "ANY");

    private QueryFunctions() {}

    static Map<String, Function> all() {
        var all = new TreeMap<String, Function>();
        text(all, "name", exchange -> exchange.question().name().toString());
        text(all, "type", exchange -> exchange.question().type().toString());
        text(all, "class", exchange -> className(exchange.question().recordClass()));
        text(all, "proto", exchange -> exchange.client().transport().protocol());
        text(all, "client_ip", exchange -> address(exchange.client().address()));
        text(all, "port", exchange -> port(exchange.client().address()));
        text(all, "server_ip", exchange -> address(exchange.client().local()));
        text(all, "server_port", exchange -> port(exchange.client().local()));
        number(all, "id", exchange -> exchange.query().id());
        number(all, "opcode", exchange -> exchange.query().header().opcode());
        number(all, "size", exchange -> UpstreamQuery.compose(exchange.query(), 0).length);
        number(all, "bufsize", QueryFunctions::bufsize);
        add(
                all,
                "do",
                Kind.TRUTH,
                List.of(),
                (facts, none) ->
                        Value.of(facts.exchange().query().edns().stream().anyMatch(edns -> edns.dnssecOk())));
        add(
                all,
                "metadata",
                Kind.TEXT,
                List.of(Kind.TEXT),
                (facts, arguments) -> new Text(facts.exchange()
                        .notes()
                        .metadata(arguments.getFirst().toString())
                        .orElse("")));
        add(
                all,
                "incidr",
                Kind.TRUTH,
                List.of(Kind.TEXT, Kind.TEXT),
                (facts, arguments) -> inCidr(
                        arguments.getFirst().toString(), arguments.getLast().toString()));
        add(
                all,
                "lower",
                Kind.TEXT,
                List.of(Kind.TEXT),
                (facts, arguments) -> new Text(arguments.getFirst().toString().toLowerCase(Locale.ROOT)));
        add(
                all,
                "upper",
                Kind.TEXT,
                List.of(Kind.TEXT),
                (facts, arguments) -> new Text(arguments.getFirst().toString().toUpperCase(Locale.ROOT)));
        add(
                all,
                "trim",
                Kind.TEXT,
                List.of(Kind.TEXT),
                (facts, arguments) -> new Text(arguments.getFirst().toString().strip()));
        add(
                all,
                "string",
                Kind.TEXT,
                List.of(Kind.ANY),
                (facts, arguments) -> new Text(arguments.getFirst().toString()));
        add(all, "int", Kind.NUMBER, List.of(Kind.ANY), (facts, arguments) -> whole(arguments.getFirst()));
        add(all, "len", Kind.NUMBER, List.of(Kind.ANY), (facts, arguments) -> length(arguments.getFirst()));
        return all;
    }

    private static void text(Map<String, Function> all, String name, java.util.function.Function<Exchange, String> of) {
        add(all, name, Kind.TEXT, List.of(), (facts, none) -> new Text(of.apply(facts.exchange())));
    }

    private static void number(
            Map<String, Function> all, String name, java.util.function.Function<Exchange, Integer> of) {
        add(all, name, Kind.NUMBER, List.of(), (facts, none) -> new Whole(of.apply(facts.exchange())));
    }

    private static void add(
            Map<String, Function> all, String name, Kind result, List<Kind> parameters, Function.Body body) {
        all.put(name, new Function(result, parameters, body));
    }

    private static String className(int code) {
        return CLASSES.getOrDefault(code, "CLASS" + code);
    }

    private static String address(InetSocketAddress address) {
        return text(address.getAddress().getAddress());
    }

    private static String text(byte[] address) {
        return IpAddress.ofOctets(address, 0, address.length).toString();
    }

    private static String port(InetSocketAddress address) {
        return Integer.toString(address.getPort());
    }

    private static int bufsize(Exchange exchange) {
        var edns = exchange.query().edns();
        if (edns.isEmpty()) {
            return Message.UDP_OCTETS_MIN;
        }
        return exchange.client().transport() == Transport.UDP ? exchange.query().udpLimit() : Message.OCTETS_MAX;
    }

    private static Value inCidr(String address, String prefix) {
        var ip = IpAddress.parse(address);
        var cidr = Cidr.parse(prefix);
        if (ip.isEmpty() || cidr.isEmpty()) {
            return new Value.Failure("incidr takes an address and a prefix, not " + address + " and " + prefix);
        }
        return Value.of(cidr.get().contains(ip.get()));
    }

    private static Value whole(Value value) {
        return switch (value) {
            case Whole whole -> whole;
            case Value.Real(double number) -> new Whole((long) number);
            case Text(var text) when text.matches("[+-]?[0-9]{1,18}") -> new Whole(Long.parseLong(text));
            default -> new Value.Failure("int takes a number, not " + value);
        };
    }

    private static Value length(Value value) {
        return switch (value) {
            case Text(var text) -> new Whole(text.codePointCount(0, text.length()));
            case Value.Sequence(var items) -> new Whole(items.size());
            case Value.Interval(long from, long to) -> new Whole(Math.max(0, to - from + 1));
            default -> new Value.Failure("len takes a text or a list, not " + value);
        };
    }
}
