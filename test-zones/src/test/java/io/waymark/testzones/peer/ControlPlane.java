package io.waymark.testzones.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A real control plane without nodes: etcd and kube-apiserver on free ports of 127.0.0.1, their
/// files in a temporary folder. Three users, by token: `admin`, who may do all, the ServiceAccount
/// `coredns` of `kube-system`, which may do what RBAC grants it, at first nothing, and `system:kube-proxy`.
///
/// Lifecycle: [#start], ready, [#close]. The API server alone can be stopped and started again.
public final class ControlPlane implements AutoCloseable {
    private static final Duration READY_LIMIT = Duration.ofSeconds(120);
    private static final String ADMIN_TOKEN = "sesame";
    private static final String COREDNS_TOKEN = "parsley";
    private static final String KUBE_PROXY_TOKEN = "chervil";

    private final ScratchFolder scratch;
    private final Path folder;
    private final int etcdPort = Program.freePort();
    private final int apiPort = Program.freePort();
    private final Program etcd;
    private Optional<Program> apiServer = Optional.empty();
    private final Api api;

    private final String address;

    private ControlPlane(String address) throws IOException, GeneralSecurityException {
        this.address = address;
        this.scratch = new ScratchFolder("control-plane");
        this.folder = scratch.path();
        writeKeys();
        Files.writeString(
                folder.resolve("tokens.csv"),
                ADMIN_TOKEN + ",admin,1,\"system:masters\"\n" + COREDNS_TOKEN
                        + ",system:serviceaccount:kube-system:coredns,2\n" + KUBE_PROXY_TOKEN
                        + ",system:kube-proxy,3\n");
        this.api = new Api("https://" + address + ":" + apiPort, ADMIN_TOKEN);
        this.etcd = startEtcd();
        startApiServer();
    }

    /// Starts both and returns when the API server says that it is ready. Skips the calling test
    /// if a program is missing.
    public static ControlPlane start() {
        return start("127.0.0.1");
    }

    /// As [#start], with the API server on another address of this host, which other network namespaces
    /// have a way to.
    public static ControlPlane start(String address) {
        Peers.require("etcd");
        Peers.require("kube-apiserver");
        try {
            return new ControlPlane(address);
        } catch (IOException e) {
            throw new UncheckedIOException("no control plane", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("each JDK has RSA", e);
        }
    }

    /// The API server, as `admin`.
    public Api api() {
        return api;
    }

    /// The API server's port.
    public int port() {
        return apiPort;
    }

    /// A kubeconfig for `admin`, which trusts the API server's own certificate.
    public Path kubeconfig() {
        return kubeconfig("admin", ADMIN_TOKEN);
    }

    /// A kubeconfig for the ServiceAccount, which may do no more than RBAC objects say.
    public Path corednsKubeconfig() {
        return kubeconfig("coredns", COREDNS_TOKEN);
    }

    /// A kubeconfig for the user `system:kube-proxy`, who may do what the role `system:node-proxier` says.
    public Path kubeProxyKubeconfig() {
        return kubeconfig("kube-proxy", KUBE_PROXY_TOKEN);
    }

    /// Ends the API server; etcd and what it holds stay.
    public void stopApiServer() {
        apiServer.ifPresent(Program::close);
        apiServer = Optional.empty();
    }

    /// Starts the API server, again on the same port, and returns when it is ready.
    public void startApiServer() {
        var server = Program.start("kube-apiserver", folder.resolve("api.log"), Map.of(), apiServerCommand());
        apiServer = Optional.of(server);
        Await.until(
                "kube-apiserver is ready",
                READY_LIMIT,
                () -> {
                    if (!server.isRunning()) {
                        throw new AssertionError("kube-apiserver has ended. " + server.logEnd());
                    }
                    return api.isReady();
                },
                server::logEnd);
    }

    private Program startEtcd() {
        var clients = "http://127.0.0.1:" + etcdPort;
        var peers = "http://127.0.0.1:" + Program.freePort();
        return Program.start(
                "etcd",
                folder.resolve("etcd.log"),
                Map.of(),
                List.of(
                        Peers.require("etcd").toString(),
                        "--data-dir=" + folder.resolve("etcd"),
                        "--listen-client-urls=" + clients,
                        "--advertise-client-urls=" + clients,
                        "--listen-peer-urls=" + peers,
                        "--initial-advertise-peer-urls=" + peers,
                        "--initial-cluster=default=" + peers,
                        "--unsafe-no-fsync",
                        "--quota-backend-bytes=6442450944"));
    }

    private List<String> apiServerCommand() {
        return List.of(
                Peers.require("kube-apiserver").toString(),
                "--etcd-servers=http://127.0.0.1:" + etcdPort,
                "--secure-port=" + apiPort,
                "--bind-address=" + address,
                "--advertise-address=192.0.2.10", // what the Service "kubernetes" leads to; no one listens there
                "--cert-dir=" + folder.resolve("certs"),
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + folder.resolve("sa.pub"),
                "--service-account-signing-key-file=" + folder.resolve("sa.key"),
                "--token-auth-file=" + folder.resolve("tokens.csv"),
                "--service-cluster-ip-range=10.96.0.0/12,fd00:10:96::/112",
                "--authorization-mode=RBAC",
                "--disable-admission-plugins=ServiceAccount",
                "--allow-privileged=true",
                "--max-requests-inflight=4000",
                "--max-mutating-requests-inflight=2000");
    }

    private void writeKeys() throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        var pair = generator.generateKeyPair();
        Files.writeString(
                folder.resolve("sa.key"), pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
        Files.writeString(
                folder.resolve("sa.pub"), pem("PUBLIC KEY", pair.getPublic().getEncoded()));
    }

    private static String pem(String kind, byte[] octets) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(octets)
                + "\n-----END " + kind + "-----\n";
    }

    private Path kubeconfig(String user, String token) {
        try {
            return Files.writeString(folder.resolve(user + ".kubeconfig"), """
                    apiVersion: v1
                    kind: Config
                    clusters:
                    - name: lab
                      cluster:
                        server: https://%s:%d
                        certificate-authority: %s
                    users:
                    - name: %s
                      user:
                        token: %s
                    contexts:
                    - name: lab
                      context:
                        cluster: lab
                        user: %s
                    current-context: lab
                    """.formatted(
                            address, apiPort, folder.resolve("certs/apiserver.crt"), user, token, user));
        } catch (IOException e) {
            throw new UncheckedIOException("no kubeconfig", e);
        }
    }

    /// A folder that goes when this control plane does.
    public Path folder() {
        return folder;
    }

    @Override
    public void close() {
        stopApiServer();
        etcd.close();
        scratch.close();
    }
}
