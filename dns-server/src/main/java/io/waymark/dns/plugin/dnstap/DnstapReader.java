package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.listen.tls.ClientCertificates;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.querylog.LogFormat;
import java.util.List;
import java.util.Optional;

/// Reads one line `dnstap`, in either of its forms.
final class DnstapReader {
    private static final String LISTEN = "listen";
    private static final String SHAPE = "dnstap SOCKET [full [MEBIBYTES [QUEUE]]], or dnstap listen SOCKET [full]";
    private static final ValueKind<TapAddress> SOCKET = new ValueKind<>(
            "a socket: /PATH, unix:///PATH, tcp://ADDRESS:PORT or tls://ADDRESS:PORT (host names are not looked up),"
                    + " or listen and a socket",
            List.of(LISTEN),
            TapAddress::parse);
    private static final ValueKind<TapAddress> OWN_SOCKET = new ValueKind<>(
            "a socket to listen at: /PATH, unix:///PATH, tcp://ADDRESS:PORT, tcp://:PORT, tls://ADDRESS:PORT or"
                    + " tls://:PORT",
            List.of(),
            TapAddress::parseOwn);
    private static final ValueKind<String> FULL = new ValueKind<>(
            "full, or nothing", List.of("full"), text -> Optional.of(text).filter("full"::equals));
    private static final ValueKind<Integer> BUFFER = ValueKind.integer(1, 1_024);
    private static final ValueKind<Integer> QUEUE = ValueKind.integer(1, 4_096);

    private final Directive line;
    private final Section section;

    DnstapReader(Directive line, Remarks remarks) {
        this.line = line;
        this.section = new Section(line, remarks);
    }

    /// None if something is wrong with it; that is noted.
    Optional<DnstapStage> read() {
        var words = line.arguments();
        boolean listens = !words.isEmpty() && words.getFirst().text().equals(LISTEN);
        var rest = listens ? words.subList(1, words.size()) : words;
        section.argumentsMax(listens ? 3 : 4, SHAPE);
        boolean full =
                rest.size() > 1 && section.read("dnstap", rest.get(1), FULL).isPresent();
        var identity = section.value("identity", ValueKind.TEXT, "");
        var version = section.value("version", ValueKind.TEXT, "Waymark");
        var extra = LogFormat.of(section.value("extra", ValueKind.TEXT, ""));
        boolean verified = !section.flag("skipverify");
        var peer = listens ? callers(rest, verified) : receiver(rest, verified);
        section.finish();
        if (rest.isEmpty()) {
            section.missing(line, (listens ? OWN_SOCKET : SOCKET).expected(), line);
        }
        return peer.map(
                found -> new DnstapStage(found, full, identity.isEmpty() ? HostName.read() : identity, version, extra));
    }

    private Optional<TapPeer> receiver(List<Token> words, boolean verified) {
        if (words.size() > 2 && section.read("dnstap", words.get(2), BUFFER).isPresent()) {
            section.remarks()
                    .warning(
                            words.get(2),
                            "dnstap: the size of the buffer, " + words.get(2).text()
                                    + ", has no effect here: the system chooses it");
        }
        int queues =
                words.size() > 3 ? section.read("dnstap", words.get(3), QUEUE).orElse(1) : 1;
        return words.isEmpty()
                ? Optional.empty()
                : section.read("dnstap", words.getFirst(), SOCKET)
                        .map(socket -> new TapPeer.Receiver(socket, verified, queues * TapQueue.WAITING_MAX));
    }

    private Optional<TapPeer> callers(List<Token> words, boolean verified) {
        var tls = section.onlyOnce("tls").stream().findFirst();
        var files = tls.flatMap(found -> files(found, verified));
        var socket =
                words.isEmpty() ? Optional.<TapAddress>empty() : section.read("dnstap", words.getFirst(), OWN_SOCKET);
        if (socket.isPresent() && socket.get() instanceof TapAddress.Tls && tls.isEmpty()) {
            section.remarks()
                    .problem(
                            words.getFirst(),
                            "dnstap: found " + words.getFirst().text() + " without a certificate, expected a line"
                                    + " tls CERTIFICATE KEY [AUTHORITY] in braces");
            return Optional.empty();
        }
        return socket.map(found -> new TapPeer.Callers(found, files));
    }

    private Optional<TlsFiles> files(Directive tls, boolean verified) {
        var words = tls.arguments();
        if (words.size() < 2 || words.size() > 3) {
            section.missing(tls, "two or three files: tls CERTIFICATE KEY [AUTHORITY]", tls);
            return Optional.empty();
        }
        var authority = words.size() > 2 ? words.get(2).text() : "";
        var clients = authority.isEmpty()
                ? ClientCertificates.NOCERT
                : verified ? ClientCertificates.REQUIRE_AND_VERIFY : ClientCertificates.VERIFY_IF_GIVEN;
        return Optional.of(new TlsFiles(words.get(0).text(), words.get(1).text(), authority, clients));
    }
}
