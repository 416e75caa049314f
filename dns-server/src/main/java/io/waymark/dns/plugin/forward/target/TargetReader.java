package io.waymark.dns.plugin.forward.target;

import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.dns.plugin.forward.target.Target.Scheme;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;

/// Reads the upstreams of a `forward` line: `[dns://|tls://|https://]ADDRESS[%NAME][:PORT]`, the name
/// of a host in the address' place, or a file.
public final class TargetReader {
    /// More than this CoreDNS does not take either.
    public static final int UPSTREAMS_MAX = 15;

    private static final String TO = "the address of a DNS server, such as 10.0.0.1, [fd00::1]:5353,"
            + " tls://9.9.9.9%dns.quad9.net or https://9.9.9.9, a host's name, or the path of a file like /etc/resolv.conf";

    private final Remarks remarks;

    public TargetReader(Remarks remarks) {
        this.remarks = remarks;
    }

    /// Each once, in the order of the text; what is none is a problem and left out.
    public List<Target> read(List<Token> words) {
        if (words.size() > UPSTREAMS_MAX) {
            remarks.problem(
                    words.getFirst(),
                    "forward: found " + words.size() + " upstreams, expected at most " + UPSTREAMS_MAX);
        }
        var targets = new LinkedHashMap<String, Target>();
        words.forEach(word -> target(word).ifPresent(target -> targets.putIfAbsent(target.toString(), target)));
        return List.copyOf(targets.values());
    }

    private Optional<Target> target(Token word) {
        int end = word.text().indexOf("://");
        var transport = end < 0
                ? Optional.of(Transport.DNS)
                : Transport.ofScheme(word.text().substring(0, end)).filter(TargetReader::isForwarded);
        if (transport.isEmpty()) {
            boolean quic = word.text().startsWith("quic://");
            return refuse(
                    word,
                    quic
                            ? "forward: upstreams over quic:// are not supported yet by this version; write tls:// or https://"
                            : "forward: found " + word.quoted()
                                    + ", expected one of dns://, tls:// and https:// before "
                                    + "the address, or nothing");
        }
        var rest = end < 0 ? word.text() : word.text().substring(end + 3);
        if (transport.get() == Transport.HTTPS && rest.contains("/")) {
            return refuse(
                    word,
                    "forward: found " + word.quoted()
                            + ", expected no path: questions go to /dns-query (RFC 8484); write https:// and the address");
        }
        return target(word, transport.get(), rest);
    }

    private static boolean isForwarded(Transport transport) {
        return transport == Transport.DNS || transport == Transport.TLS || transport == Transport.HTTPS;
    }

    private Optional<Target> target(Token word, Transport transport, String rest) {
        int percent = rest.lastIndexOf('%');
        var name = percent < 0 ? "" : behindPercent(rest.substring(percent + 1));
        if (percent >= 0 && (transport == Transport.DNS || name.isEmpty())) {
            return refuse(
                    word,
                    "forward: found " + word.quoted() + ", expected "
                            + (transport == Transport.DNS
                                    ? "no % behind the address of plain DNS: zones, as in fe80::1%eth0, are not supported yet"
                                    : "the server's name behind %, such as tls://9.9.9.9%dns.quad9.net"));
        }
        var place = percent < 0 ? rest : rest.substring(0, percent) + rest.substring(percent + 1 + name.length());
        var scheme = new Scheme(transport, name);
        var server = server(scheme, place);
        if (server.isPresent()) {
            return server;
        }
        if (place.contains("/") || place.endsWith(".conf")) {
            return Optional.of(new Target.ResolverFile(place, word.at()));
        }
        var host = host(scheme, place, word);
        return host.isPresent() ? host : refuse(word, "forward: found " + word.quoted() + ", expected " + TO);
    }

    /// The name, without what belongs to the address before it: `]` and the port.
    private static String behindPercent(String text) {
        int end = text.indexOf(']') >= 0 ? text.indexOf(']') : text.indexOf(':');
        return end < 0 ? text : text.substring(0, end);
    }

    private static Optional<Target> server(Scheme scheme, String text) {
        var bare = IpAddress.parse(
                text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text);
        if (bare.isPresent()) {
            return bare.map(address -> new Target.Server(
                    scheme, new ListenAddress(address, scheme.transport().port())));
        }
        return text.indexOf(':') <= 0 || text.startsWith("localhost:")
                ? Optional.empty()
                : ListenAddress.parse(text)
                        .filter(to -> to.port() > 0)
                        .map(address -> new Target.Server(scheme, address));
    }

    /// A name whose last label is a number is a mistyped address (RFC 1123 §2.1).
    private static Optional<Target> host(Scheme scheme, String text, Token word) {
        int colon = text.lastIndexOf(':');
        var port = colon < 0
                ? Optional.of(scheme.transport().port())
                : ListenAddress.port(text.substring(colon + 1)).filter(written -> written > 0);
        var host = colon < 0 ? text : text.substring(0, colon);
        boolean letters = host.matches("[A-Za-z0-9_.-]+") && host.matches("(.*\\.)?[0-9-]*[A-Za-z_][A-Za-z0-9_-]*\\.?");
        return letters && port.isPresent()
                ? DomainName.parse(host).map(name -> new Target.HostName(scheme, name, port.get(), word.at()))
                : Optional.empty();
    }

    private Optional<Target> refuse(Token word, String message) {
        remarks.problem(word, message);
        return Optional.empty();
    }
}
