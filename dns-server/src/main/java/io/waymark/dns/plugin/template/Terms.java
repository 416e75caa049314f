package io.waymark.dns.plugin.template;

import io.waymark.dns.expression.Value;
import io.waymark.records.address.IpAddress;
import java.net.InetSocketAddress;
import java.util.stream.Collectors;

/// Values as Go's templates take and print them.
final class Terms {
    private Terms() {}

    static boolean isTrue(Value value) {
        return switch (value) {
            case Value.Text(var text) -> !text.isEmpty();
            case Value.Whole(long number) -> number != 0;
            case Value.Real(double number) -> number != 0;
            case Value.Truth(boolean holds) -> holds;
            case Value.Sequence(var items) -> !items.isEmpty();
            case Value.Interval(long from, long to) -> from <= to;
            case Value.Failure failure -> false;
        };
    }

    static String text(Value value) {
        return switch (value) {
            case Value.Text(var text) -> text;
            case Value.Whole(long number) -> Long.toString(number);
            case Value.Real(double number) ->
                number == Math.rint(number) && Math.abs(number) < 1e21
                        ? Long.toString((long) number)
                        : Double.toString(number);
            case Value.Truth(boolean holds) -> Boolean.toString(holds);
            case Value.Sequence(var items) ->
                items.stream().map(Terms::text).collect(Collectors.joining(" ", "[", "]"));
            case Value.Interval(long from, long to) -> "[" + from + ".." + to + "]";
            case Value.Failure failure -> "<no value>";
        };
    }

    static String address(InetSocketAddress address) {
        var octets = address.getAddress().getAddress();
        return IpAddress.ofOctets(octets, 0, octets.length).toString();
    }
}
