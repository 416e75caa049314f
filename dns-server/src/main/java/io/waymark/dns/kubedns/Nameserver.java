package io.waymark.dns.kubedns;

import io.waymark.records.address.IpAddress;
import java.util.Optional;
import java.util.regex.Pattern;

/// A server that names of elsewhere are asked of.
public sealed interface Nameserver {
    /// Where DNS is served if nothing else is said.
    int PORT = 53;

    Pattern NAME = Pattern.compile("[A-Za-z0-9_]([A-Za-z0-9_-]{0,62})(\\.[A-Za-z0-9_][A-Za-z0-9_-]{0,62})*\\.?");

    /// One whose address is known.
    record Address(IpAddress address, int port) implements Nameserver {
        /// `192.0.2.1:53`, `[2001:db8::1]:53`.
        @Override
        public String toString() {
            return (address instanceof IpAddress.V4 ? address.toString() : "[" + address + "]") + ":" + port;
        }
    }

    /// One whose address has to be asked for.
    /// @param host as it was written
    record Named(String host, int port) implements Nameserver {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /// Reads `192.0.2.1`, `192.0.2.1:5353`, `2001:db8::1`, `[2001:db8::1]:5353`, `ns.acme.local` or
    /// `ns.acme.local:5353`. Empty if it is none of these.
    static Optional<Nameserver> parse(String text) {
        var bare = IpAddress.parse(text);
        if (bare.isPresent()) {
            return Optional.of(new Address(bare.get(), PORT));
        }
        int colon = text.lastIndexOf(':');
        boolean hasPort = colon > text.lastIndexOf(']');
        var host = hasPort ? text.substring(0, colon) : text;
        var port = hasPort ? port(text.substring(colon + 1)) : Optional.of(PORT);
        return port.flatMap(number -> of(host, number));
    }

    private static Optional<Nameserver> of(String host, int port) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        var address = IpAddress.parse(bracketed ? host.substring(1, host.length() - 1) : host)
                .filter(found -> bracketed == found instanceof IpAddress.V6);
        if (address.isPresent()) {
            return Optional.of(new Address(address.get(), port));
        }
        // An address that is none, such as 10.0.0.256, is no name either: no top-level domain is a number.
        boolean name = host.length() <= 253 && NAME.matcher(host).matches() && !host.matches("(.*\\.)?[0-9]+\\.?");
        return name ? Optional.of(new Named(host, port)) : Optional.empty();
    }

    private static Optional<Integer> port(String text) {
        return text.matches("[0-9]{1,5}")
                ? Optional.of(Integer.parseInt(text)).filter(number -> number >= 1 && number <= 65_535)
                : Optional.empty();
    }
}
