package io.waymark.source.kubernetes;

import io.waymark.source.SourceException;
import io.waymark.source.kubernetes.http.ApiServer;
import io.waymark.source.kubernetes.http.Credential;
import io.waymark.source.kubernetes.http.Identity;
import io.waymark.source.kubernetes.http.Location;
import io.waymark.source.kubernetes.http.PemFile;
import io.waymark.source.kubernetes.http.Trust;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// Where the API server is, whom we believe to be it, and who we are.
/// @param tlsName the name that the server's certificate must have; usually its host
public record KubernetesConfig(
        Location location, String tlsName, Trust trust, Identity identity, Credential credential) {
    private static final Path SERVICE_ACCOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");
    private static final String HOST = "KUBERNETES_SERVICE_HOST";
    private static final String PORT = "KUBERNETES_SERVICE_PORT";

    /// What the kubelet gives to a Pod: two variables and two files. Throws a [SourceException] if
    /// one is missing.
    public static KubernetesConfig inCluster() {
        return inCluster(System.getenv(), SERVICE_ACCOUNT);
    }

    static KubernetesConfig inCluster(Map<String, String> environment, Path serviceAccount) {
        var host = environment.getOrDefault(HOST, "");
        var port = environment.getOrDefault(PORT, "");
        if (host.isEmpty() || !port.matches("[0-9]{1,5}")) {
            throw new SourceException("this is not a Pod: " + HOST + " is \"" + host + "\" and " + PORT + " is \""
                    + port + "\"; outside a cluster name a kubeconfig (--kubeconfig FILE) or manifests"
                    + " (--manifests DIR)");
        }
        var cure = "does the Pod have automountServiceAccountToken: true?";
        var token = readable(serviceAccount.resolve("token"), "the ServiceAccount's token", cure);
        var authority = readable(serviceAccount.resolve("ca.crt"), "the cluster's CA", cure);
        return new KubernetesConfig(
                new Location(true, host, Integer.parseInt(port), ""),
                host,
                new Trust.Authority(new PemFile.OnDisk(authority)),
                new Identity.Anonymous(),
                new Credential.InFile(token));
    }

    /// A context of a kubeconfig; without a name its current one. Throws a [SourceException] if the
    /// file or something it names cannot be read.
    public static KubernetesConfig ofKubeconfig(Path file, Optional<String> context) {
        return Kubeconfig.read(readable(file, "the kubeconfig", "name an existing one (--kubeconfig FILE)"), context);
    }

    /// Loads what reading a kubeconfig takes, for whoever has a thread and a moment to spare before
    /// one is read. Has no other effect.
    public static void prepareKubeconfig() {
        Kubeconfig.prepare();
    }

    /// A server that asks nobody who they are, such as `kubectl proxy`.
    public static KubernetesConfig ofEndpoint(URI server) {
        var location = Location.of(server);
        return new KubernetesConfig(
                location,
                location.host(),
                new Trust.PublicAuthorities(),
                new Identity.Anonymous(),
                new Credential.None());
    }

    /// A server to which a client certificate says who we are. The files are PEM.
    public static KubernetesConfig ofEndpoint(URI server, Path certificate, Path key, Path authority) {
        var location = Location.of(server);
        var cure = "name an existing file (tls CERT KEY CACERT)";
        return new KubernetesConfig(
                location,
                location.host(),
                new Trust.Authority(new PemFile.OnDisk(readable(authority, "the cluster's CA", cure))),
                new Identity.Certificate(
                        new PemFile.OnDisk(readable(certificate, "the client certificate", cure)),
                        new PemFile.OnDisk(readable(key, "the client certificate's key", cure))),
                new Credential.None());
    }

    static Path readable(Path file, String what, String cure) {
        if (!Files.exists(file)) {
            throw new SourceException(file + ": no such file; " + what + " was looked for there; " + cure);
        }
        if (Files.isDirectory(file) || !Files.isReadable(file)) {
            throw new SourceException(
                    file + ": cannot be read by this user, or is a folder; " + what + " was looked for there");
        }
        return file;
    }

    ApiServer server() {
        return new ApiServer(location, trust, tlsName, identity, credential);
    }
}
