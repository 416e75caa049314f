package io.waymark.source.kubernetes;

import io.kubernetes.client.util.KubeConfig;
import io.waymark.source.SourceException;
import io.waymark.source.kubernetes.http.Credential;
import io.waymark.source.kubernetes.http.Identity;
import io.waymark.source.kubernetes.http.Location;
import io.waymark.source.kubernetes.http.PemFile;
import io.waymark.source.kubernetes.http.TokenPlugin;
import io.waymark.source.kubernetes.http.Trust;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads a kubeconfig with client-java, which also runs exec plugins and asks identity providers.
/// Not used within a cluster.
///
/// A plugin must give a token: one that gives a client certificate is refused with a message. Who
/// may run what is the file's affair, as it is for kubectl.
final class Kubeconfig {
    private final Path file;
    private final KubeConfig config;

    private Kubeconfig(Path file, KubeConfig config) {
        this.file = file;
        this.config = config;
    }

    /// See [KubernetesConfig#prepareKubeconfig].
    static void prepare() {
        var smallest = """
                {apiVersion: v1, kind: Config, current-context: x, clusters: [{name: c, cluster: {server: "https://[::]"}}],
                users: [{name: u, user: {token: t}}], contexts: [{name: x, context: {cluster: c, user: u}}]}
                """;
        new Kubeconfig(Path.of(""), KubeConfig.loadKubeConfig(new StringReader(smallest))).select(Optional.empty());
    }

    static KubernetesConfig read(Path file, Optional<String> context) {
        try (Reader text = Files.newBufferedReader(file)) {
            var config = KubeConfig.loadKubeConfig(text);
            config.setFile(file.toAbsolutePath().toFile());
            return new Kubeconfig(file, config).select(context);
        } catch (SourceException said) {
            throw said;
        } catch (IOException | RuntimeException unreadable) {
            // The library's own text may quote the file, which holds secrets.
            throw new SourceException(
                    file + ": not a kubeconfig (" + unreadable.getClass().getSimpleName()
                            + "); expected YAML with clusters, users and contexts",
                    unreadable);
        }
    }

    private KubernetesConfig select(Optional<String> wanted) {
        var name = wanted.orElse(String.valueOf(config.getCurrentContext()));
        if (!config.setContext(name)) {
            throw new SourceException(file + ": no context \"" + name + "\"; it has " + contexts()
                    + "; name one of them, or set current-context");
        }
        var server = config.getServer();
        if (server == null) {
            throw new SourceException(file + ": the cluster of context \"" + name + "\" has no server");
        }
        var location = location(server);
        var tlsName = config.getTlsServerName();
        return new KubernetesConfig(
                location, tlsName == null ? location.host() : tlsName, trust(), identity(), credential());
    }

    private Location location(String server) {
        try {
            return Location.of(new URI(server));
        } catch (URISyntaxException noUri) {
            throw new SourceException(file + ": server \"" + server + "\"; expected https://HOST[:PORT][/PATH]", noUri);
        }
    }

    private String contexts() {
        return named(config.getContexts()).stream()
                .map(context -> String.valueOf(context.get("name")))
                .collect(Collectors.joining(", "));
    }

    private Trust trust() {
        if (!config.verifySSL()) {
            return new Trust.Anyone();
        }
        var pem = pem(
                "certificate-authority", config.getCertificateAuthorityData(), config.getCertificateAuthorityFile());
        return pem.isPresent() ? new Trust.Authority(pem.get()) : new Trust.PublicAuthorities();
    }

    private Identity identity() {
        var certificate =
                pem("client-certificate", config.getClientCertificateData(), config.getClientCertificateFile());
        var key = pem("client-key", config.getClientKeyData(), config.getClientKeyFile());
        if (certificate.isPresent() != key.isPresent()) {
            throw new SourceException(
                    file + ": the user has one of client-certificate and client-key; both are needed");
        }
        return certificate.isPresent()
                ? new Identity.Certificate(certificate.get(), key.get())
                : new Identity.Anonymous();
    }

    /// `data` is Base64 and wins over `path`, which is relative to the kubeconfig's folder.
    private Optional<PemFile> pem(String field, @Nullable String data, @Nullable String path) {
        if (data != null) {
            try {
                return Optional.of(new PemFile.Inline(
                        file + ": " + field + "-data", Base64.getDecoder().decode(data.replaceAll("\\s", ""))));
            } catch (IllegalArgumentException noBase64) {
                throw new SourceException(file + ": " + field + "-data is no Base64", noBase64);
            }
        }
        if (path == null) {
            return Optional.empty();
        }
        var resolved = file.toAbsolutePath().resolveSibling(path).normalize();
        return Optional.of(new PemFile.OnDisk(
                KubernetesConfig.readable(resolved, field + " of " + file, "correct the path in the kubeconfig")));
    }

    private Credential credential() {
        var user = user();
        if (user.get("exec") != null || user.get("auth-provider") != null) {
            return new Credential.Renewed(new TokenPlugin(this::pluginToken));
        }
        if (user.get("token") instanceof String token) {
            return new Credential.Fixed(token);
        }
        if (user.get("tokenFile") instanceof String path) {
            var resolved = file.toAbsolutePath().resolveSibling(path).normalize();
            return new Credential.InFile(
                    KubernetesConfig.readable(resolved, "tokenFile of " + file, "correct the path in the kubeconfig"));
        }
        return new Credential.None();
    }

    private String pluginToken() throws IOException {
        var credentials = config.getCredentials();
        var token = credentials == null ? null : credentials.get(KubeConfig.CRED_TOKEN_KEY);
        if (token == null) {
            throw new IOException(file + ": the user's exec plugin or auth-provider gave no token"
                    + (credentials == null
                            ? "; what it said is logged above"
                            : ", but a client certificate, which is" + " not supported: have it give a token"));
        }
        return token;
    }

    private Map<?, ?> user() {
        var context = find(config.getContexts(), config.getCurrentContext(), "context");
        return find(config.getUsers(), String.valueOf(context.get("user")), "user");
    }

    /// The map under `field` of the entry with this name; empty if there is none.
    private static Map<?, ?> find(@Nullable List<Object> entries, String name, String field) {
        for (var entry : named(entries)) {
            if (name.equals(entry.get("name")) && entry.get(field) instanceof Map<?, ?> found) {
                return found;
            }
        }
        return Map.of();
    }

    private static List<Map<?, ?>> named(@Nullable List<Object> entries) {
        if (entries == null) {
            return List.of();
        }
        return entries.stream()
                .filter(entry -> entry instanceof Map<?, ?>)
                .<Map<?, ?>>map(entry -> (Map<?, ?>) entry)
                .toList();
    }
}
