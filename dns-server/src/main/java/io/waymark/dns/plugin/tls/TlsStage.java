package io.waymark.dns.plugin.tls;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.listen.tls.ClientCertificates;
import io.waymark.dns.listen.tls.TlsFiles;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `tls CERTIFICATE KEY [AUTHORITY] { client_auth MODE }`: what the encrypted zones of a block are
/// served with.
public record TlsStage(TlsFiles files) implements Stage {
    private static final String SHAPE = "tls CERTIFICATE KEY [AUTHORITY]";
    private static final ValueKind<ClientCertificates> CLIENTS = ValueKind.oneOf(ClientCertificates.values(), '_');

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(3, SHAPE);
        var clients = section.value("client_auth", CLIENTS, ClientCertificates.NOCERT);
        section.notYet("keylog", "remove the line; keys of connections are not written down");
        for (var option : List.of("acme", "email", "ca", "storage", "ca_root", "resolver")) {
            section.notYet(option, "have the certificate renewed in its files, which are watched: " + SHAPE);
        }
        section.finish();
        var words = section.arguments();
        if (words.size() < 2) {
            remarks.problem(
                    section.name(),
                    "tls: found " + Words.count(words.size(), "file", "files") + ", expected two or three: " + SHAPE);
            return List.of();
        }
        var authority = words.size() > 2 ? words.get(2).text() : "";
        return List.of(
                new TlsStage(new TlsFiles(words.get(0).text(), words.get(1).text(), authority, clients)));
    }

    @Override
    public String plugin() {
        return "tls";
    }

    @Override
    public List<Setting> settings() {
        var authority = files.authority();
        return List.of(
                new Setting("certificate", files.certificate(), false),
                new Setting("key", files.key(), false),
                new Setting("authority", authority.isEmpty() ? "the JDK's" : authority, authority.isEmpty()),
                new Setting(
                        "client_auth", Words.lowerCase(files.clients()), files.clients() == ClientCertificates.NOCERT));
    }
}
