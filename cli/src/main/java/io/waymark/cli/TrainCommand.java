package io.waymark.cli;

import io.waymark.cli.start.Rehearsal;
import io.waymark.cli.start.RehearsalApi;
import io.waymark.cli.start.RehearsalIdentity;
import io.waymark.cli.start.WarmUp;
import io.waymark.proxy.ServiceProxy;
import io.waymark.source.kubernetes.KubernetesSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Goes once through all that a start needs, so that `java` can record it (-XX:AOTCacheOutput): runs the
/// command that serves as a user would, for a moment and on loopback, with what passes for an API server, and
/// asks it; `dns` once with manifests and once over TLS and HTTPS, too, which it then asks itself.
@Command(name = "train", hidden = true, description = "Go once through a start, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    /// Enough for the JIT's counters to see what is hot, within a second.
    private static final int ROUNDS = 200;

    @Option(names = "--manifests", paramLabel = "DIR|FILE", description = "What dns serves at first.")
    private @Nullable Path manifests;

    @Option(
            names = "--data-path",
            description = "Train for proxy, which programs the kernel: only where this network is nobody else's.")
    private boolean dataPath;

    @Override
    public Integer call() throws IOException, GeneralSecurityException, InterruptedException {
        var folder = Files.createTempDirectory("waymark-rehearsal");
        try {
            var identity = RehearsalIdentity.make();
            if (dataPath) {
                dataPath(folder, identity);
            } else {
                dns(folder, identity);
            }
        } finally {
            clear(folder);
        }
        // Its jar has also what is needed only when something fails.
        Rehearsal.load(KubernetesSource.class);
        return ExitCode.OK;
    }

    private void dns(Path folder, RehearsalIdentity identity) throws IOException, InterruptedException {
        int port = freePort();
        if (manifests != null) {
            perform(
                    port,
                    new int[0],
                    () -> Rehearsal.ask(port, ROUNDS),
                    "dns",
                    "--manifests",
                    manifests.toString(),
                    "--listen",
                    "127.0.0.1:" + port);
        }
        inACluster(folder, identity, port);
        encrypted(folder, identity, port);
    }

    private static void inACluster(Path folder, RehearsalIdentity identity, int port)
            throws IOException, InterruptedException {
        var corefile = folder.resolve("Corefile");
        var kubeconfig = folder.resolve("kubeconfig");
        int[] probes = {freePort(), freePort(), freePort()};
        try (var api = RehearsalApi.open(identity)) {
            Files.writeString(corefile, likeKubeadm(probes));
            Files.writeString(kubeconfig, api.kubeconfig());
            var listen = "127.0.0.1:" + port;
            perform(
                    port,
                    probes,
                    () -> Rehearsal.ask(port, ROUNDS),
                    "dns",
                    "-conf",
                    corefile.toString(),
                    "--kubeconfig",
                    kubeconfig.toString(),
                    "--listen",
                    listen);
        }
    }

    /// Both ends of both encrypted transports: a block that forwards to two others.
    private static void encrypted(Path folder, RehearsalIdentity identity, int port)
            throws IOException, InterruptedException {
        var corefile = folder.resolve("Encrypted");
        var certificate = Files.writeString(folder.resolve("certificate"), identity.certificate());
        var key = Files.writeString(folder.resolve("key"), identity.key());
        Files.writeString(corefile, overTls(new int[] {port, freePort(), freePort()}, certificate, key));
        perform(
                port,
                new int[0],
                () -> {
                    for (var zone : List.of("tls.test.", "https.test.")) {
                        Rehearsal.ask(port, "a." + zone);
                        Rehearsal.ask(port, "b." + zone);
                    }
                },
                "dns",
                "-conf",
                corefile.toString());
    }

    private static void dataPath(Path folder, RehearsalIdentity identity) throws IOException, InterruptedException {
        int healthz = freePort();
        int metrics = freePort();
        var kubeconfig = folder.resolve("proxy");
        try (var api = RehearsalApi.open(identity)) {
            Files.writeString(kubeconfig, api.kubeconfig());
            var synced = "sync_full_proxy_rules_duration_seconds_count 1";
            perform(
                    alive -> Rehearsal.awaitPage(metrics, "/metrics", synced, alive),
                    () -> Rehearsal.probe(healthz),
                    "proxy",
                    "--proxy-mode=nftables",
                    "--kubeconfig=" + kubeconfig,
                    "--hostname-override=default",
                    "--conntrack-max-per-core=0",
                    "--healthz-bind-address=127.0.0.1:" + healthz,
                    "--metrics-bind-address=127.0.0.1:" + metrics);
        }
        Rehearsal.load(ServiceProxy.class);
    }

    private static void clear(Path folder) throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                Files.delete(file);
            }
        }
        Files.delete(folder);
    }

    /// Questions to a server that answers.
    private interface Questions {
        void ask() throws IOException;
    }

    private static void perform(int port, int[] probes, Questions questions, String... args)
            throws IOException, InterruptedException {
        perform(
                alive -> Rehearsal.awaitAnswer(port, alive),
                () -> {
                    questions.ask();
                    for (int probe : probes) {
                        Rehearsal.probe(probe);
                    }
                },
                args);
    }

    /// Waits for a server that is still alive.
    private interface Start {
        boolean await(BooleanSupplier alive) throws IOException;
    }

    private static void perform(Start start, Questions questions, String... args)
            throws IOException, InterruptedException {
        WarmUp.begin(args);
        var said = new StringWriter();
        var err = new PrintWriter(said);
        var command = Thread.ofPlatform().name("rehearsal").start(() -> Main.run(err, err, args));
        try {
            if (!start.await(command::isAlive)) {
                throw new IllegalStateException("a server of ours does not start: " + said);
            }
            questions.ask();
        } finally {
            command.interrupt();
            command.join();
        }
    }

    /// What kubeadm writes; nobody answers what is forwarded.
    private static String likeKubeadm(int[] probes) {
        return """
                . {
                    errors
                    health 127.0.0.1:%d
                    ready 127.0.0.1:%d
                    kubernetes cluster.local in-addr.arpa ip6.arpa {
                        pods insecure
                        fallthrough in-addr.arpa ip6.arpa
                        ttl 30
                    }
                    prometheus 127.0.0.1:%d
                    forward . 127.0.0.1:9 {
                        max_concurrent 1000
                    }
                    cache 30 {
                        disable success cluster.local
                        disable denial cluster.local
                    }
                    loop
                    reload
                    loadbalance
                }
                """.formatted(probes[0], probes[1], probes[2]);
    }

    private static String overTls(int[] ports, Path certificate, Path key) {
        var to = "{\n tls " + certificate + "\n tls_servername " + RehearsalIdentity.NAME + "\n }\n";
        var served = " bind 127.0.0.1\n tls " + certificate + " " + key + "\n whoami\n}\n";
        return ".:" + ports[0] + " {\n bind 127.0.0.1\n"
                + " forward tls.test tls://127.0.0.1:" + ports[1] + " " + to
                + " forward https.test https://127.0.0.1:" + ports[2] + " " + to
                + " whoami\n}\n"
                + "tls://.:" + ports[1] + " {\n" + served
                + "https://.:" + ports[2] + " {\n" + served;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
