package io.waymark.dns.corefile.stage;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpAddress.V4;
import io.waymark.records.address.IpAddress.V6;
import java.util.Optional;

/// Where to listen.
/// @param address [#ANY] for all addresses of both families
/// @param port    0 to 65535; 0 lets the system choose
public record ListenAddress(IpAddress address, int port) implements Comparable<ListenAddress> {
    /// All local addresses, IPv4 and IPv6.
    public static final IpAddress ANY = new V6(0, 0);

    public static final int PORT_MAX = 65_535;

    /// Refuses ports that do not exist.
    public ListenAddress {
        if (port < 0 || port > PORT_MAX) {
            throw new IllegalArgumentException("port " + port + " is not in 0 to " + PORT_MAX);
        }
    }

    /// Reads `ADDRESS:PORT`, `[IPV6]:PORT`, `:PORT` or `localhost:PORT` (127.0.0.1). Empty if it is
    /// anything else: host names are not looked up.
    public static Optional<ListenAddress> parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        return host(text.substring(0, colon))
                .flatMap(address -> port(text.substring(colon + 1)).map(port -> new ListenAddress(address, port)));
    }

    /// Reads a decimal port without sign, 0 to 65535.
    public static Optional<Integer> port(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 5 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Optional.of(Integer.parseInt(text)).filter(port -> port <= PORT_MAX) : Optional.empty();
    }

    private static Optional<IpAddress> host(String text) {
        if (text.isEmpty()) {
            return Optional.of(ANY);
        }
        if (text.equals("localhost")) {
            return Optional.of(IpAddress.of("127.0.0.1"));
        }
        if (text.startsWith("[") && text.endsWith("]")) {
            return IpAddress.parse(text.substring(1, text.length() - 1));
        }
        return IpAddress.parse(text).filter(address -> address instanceof V4);
    }

    @Override
    public int compareTo(ListenAddress other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(port, other.port);
    }

    /// `:53` for all addresses, `10.0.0.1:53`, `[fd00::1]:53`.
    @Override
    public String toString() {
        String host = address.equals(ANY) ? "" : address instanceof V4 ? address.toString() : "[" + address + "]";
        return host + ":" + port;
    }
}
