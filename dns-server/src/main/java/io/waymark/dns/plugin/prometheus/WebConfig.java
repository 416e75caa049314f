package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.corefile.file.FileImports;
import io.waymark.dns.listen.tls.ClientCertificates;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.source.document.Complaints;
import io.waymark.source.document.DocumentText;
import io.waymark.source.document.Field;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The web configuration that Prometheus' exporters share, a file in YAML: of `tls_server_config` the certificate,
/// its key, and what is asked of clients. Anything else in it is refused: to leave out who may
/// scrape would open what was closed.
final class WebConfig {
    private static final String TLS = "tls_server_config";
    private static final Map<String, ClientCertificates> CLIENTS = Map.of(
            "", ClientCertificates.NOCERT,
            "NoClientCert", ClientCertificates.NOCERT,
            "RequestClientCert", ClientCertificates.REQUEST,
            "RequireAnyClientCert", ClientCertificates.REQUIRE,
            "VerifyClientCertIfGiven", ClientCertificates.VERIFY_IF_GIVEN,
            "RequireAndVerifyClientCert", ClientCertificates.REQUIRE_AND_VERIFY);
    private static final String KNOWN_CLIENTS =
            CLIENTS.keySet().stream().filter(word -> !word.isEmpty()).sorted().collect(Collectors.joining(", "));
    private static final List<String> KNOWN = List.of("cert_file", "key_file", "client_auth_type", "client_ca_file");

    private final Path file;

    private WebConfig(Path file) {
        this.file = file;
    }

    /// Paths in it are relative to its folder. Throws a [PluginStartException] with all that is wrong with it.
    static TlsFiles read(Path file) {
        return new WebConfig(file).files();
    }

    private TlsFiles files() {
        var complaints = new Complaints();
        var documents = new ArrayList<Field>();
        var malformed =
                DocumentText.read(file.toString(), octets(), node -> documents.add(Field.root(node, complaints)));
        if (malformed.isPresent()) {
            throw refused(malformed.get().toString());
        }
        if (documents.size() != 1) {
            throw refused(file + ": found " + documents.size() + " documents, expected one with " + TLS);
        }
        var read = files(documents.getFirst());
        if (!complaints.isEmpty()) {
            throw refused(complaints.problems(file.toString()).stream()
                    .map(Object::toString)
                    .collect(Collectors.joining("\n")));
        }
        return read;
    }

    private TlsFiles files(Field root) {
        for (var name : root.names()) {
            if (!name.equals(TLS)) {
                root.child(name).complain("is not supported; expected only " + TLS);
            }
        }
        var tls = root.child(TLS);
        for (var name : tls.names()) {
            if (!KNOWN.contains(name)) {
                tls.child(name).complain("is not supported; expected only " + String.join(", ", KNOWN));
            }
        }
        var authority = tls.child("client_ca_file").text();
        var clients = tls.child("client_auth_type").text(CLIENTS::containsKey, "one of " + KNOWN_CLIENTS);
        return new TlsFiles(
                path(needed(tls.child("cert_file"))),
                path(needed(tls.child("key_file"))),
                authority.isEmpty() ? "" : path(authority),
                CLIENTS.getOrDefault(clients, ClientCertificates.NOCERT));
    }

    private static String needed(Field field) {
        var text = field.text();
        if (text.isEmpty()) {
            field.complainAbout("", "the path of a file");
        }
        return text;
    }

    private String path(String name) {
        return file.toAbsolutePath().resolveSibling(name).toString();
    }

    private byte[] octets() {
        try (var in = Files.newInputStream(file)) {
            return in.readNBytes(FileImports.FILE_OCTETS_MAX);
        } catch (IOException unreadable) {
            throw refused(file + " cannot be read: " + unreadable);
        }
    }

    private static PluginStartException refused(String why) {
        return new PluginStartException("prometheus, tls: " + why);
    }
}
