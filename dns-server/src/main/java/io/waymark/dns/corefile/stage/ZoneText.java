package io.waymark.dns.corefile.stage;

import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A zone as a Corefile writes it: `[SCHEME://]NAME[:PORT]`, the name possibly a CIDR prefix, which
/// stands for the reverse zones that cover it.
/// @param transport DNS if no scheme is written
/// @param zones     at least one
/// @param port      -1 if none is written
public record ZoneText(Transport transport, List<DomainName> zones, int port) {
    public static final int NO_PORT = -1;

    /// Copies the zones.
    public ZoneText {
        zones = List.copyOf(zones);
    }

    /// Reads one zone; empty after a problem.
    public static Optional<ZoneText> read(Token token, Remarks remarks) {
        String text = token.text();
        var transport = Transport.DNS;
        int scheme = text.indexOf("://");
        if (scheme >= 0) {
            var found = Transport.ofScheme(text.substring(0, scheme));
            if (found.isEmpty()) {
                return refuse(
                        token,
                        remarks,
                        "unknown transport \"" + text.substring(0, scheme) + "://\"; allowed are "
                                + Transport.schemes());
            }
            transport = found.get();
            text = text.substring(scheme + 3);
        }
        int port = NO_PORT;
        int colon = text.lastIndexOf(':');
        if (colon >= 0 && !text.substring(colon).contains("/")) {
            var written = ListenAddress.port(text.substring(colon + 1));
            if (written.isEmpty()) {
                return refuse(
                        token,
                        remarks,
                        "zone " + token.quoted() + ": found \"" + text.substring(colon + 1)
                                + "\" behind the colon, expected a port from 0 to " + ListenAddress.PORT_MAX);
            }
            port = written.get();
            text = text.substring(0, colon);
        }
        var zones = zones(token, text, remarks);
        return zones.isEmpty() ? Optional.empty() : Optional.of(new ZoneText(transport, zones, port));
    }

    /// The zones of several words; transports and ports mean nothing there and are left out.
    public static List<DomainName> names(List<Token> words, Remarks remarks) {
        var names = new ArrayList<DomainName>();
        words.forEach(word -> read(word, remarks).ifPresent(text -> names.addAll(text.zones)));
        return names;
    }

    private static List<DomainName> zones(Token token, String name, Remarks remarks) {
        var prefix = Cidr.parse(name);
        if (prefix.isPresent()) {
            return ReversePrefix.zones(prefix.get());
        }
        int slash = name.indexOf('/');
        if (slash >= 0 && IpAddress.parse(name.substring(0, slash)).isPresent()) {
            refuse(
                    token,
                    remarks,
                    "zone " + token.quoted() + ": found \"" + name.substring(slash)
                            + "\" behind the address, expected a prefix length from /0 to "
                            + (name.contains(":") ? "/128" : "/32"));
            return List.of();
        }
        if (IpAddress.parse(name).isPresent()) {
            remarks.warning(
                    token,
                    "zone " + token.quoted() + " is read as a name; for the reverse zone of the address" + " write "
                            + name + (name.contains(":") ? "/128" : "/32"));
        }
        boolean odd = name.chars().anyMatch(c -> c <= ' ' || c == ':' || c == '(' || c == ')' || c == '{' || c == '}');
        var zone = odd ? Optional.<DomainName>empty() : DomainName.parse(name);
        if (zone.isEmpty()) {
            refuse(
                    token,
                    remarks,
                    "found " + token.quoted() + ", expected a zone: a domain name such as cluster.local,"
                            + " \".\" for all names, or a prefix such as 10.0.0.0/24");
        }
        return zone.stream().toList();
    }

    private static Optional<ZoneText> refuse(Token token, Remarks remarks, String message) {
        remarks.problem(token, message);
        return Optional.empty();
    }
}
