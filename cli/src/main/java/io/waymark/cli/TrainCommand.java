package io.waymark.cli;

import io.waymark.cli.start.Rehearsal;
import io.waymark.cli.start.RehearsalApi;
import io.waymark.dns.CorefileOrigin;
import io.waymark.dns.DnsServer;
import io.waymark.dns.DnsServerConfig;
import io.waymark.dns.SourceFactory;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.plan.PlanRead;
import io.waymark.source.kubernetes.KubernetesConfig;
import io.waymark.source.kubernetes.KubernetesSource;
import io.waymark.source.kubernetes.RequestLimits;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Goes once through all that a start needs, so that `java` can record it (-XX:AOTCacheOutput):
/// serves on loopback for a moment, once from manifests and once from what passes for an API server,
/// and asks itself.
@Command(name = "train", hidden = true, description = "Go once through a start, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    /// Enough for the JIT's counters to see what is hot, within a second.
    private static final int ROUNDS = 200;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        var anyPort = new ListenAddress(BuiltInCorefile.LISTEN.address(), 0);
        serve(BuiltInCorefile.of(false), anyPort, sources.factory());
        try (var api = RehearsalApi.open()) {
            int health = freePort();
            int ready = freePort();
            int metrics = freePort();
            serve(likeInACluster(health, ready, metrics), anyPort, source(api), health, ready, metrics);
        }
        // Its jar has also what is needed only when something fails.
        Rehearsal.load(KubernetesSource.class);
        return ExitCode.OK;
    }

    private static void serve(CorefileText corefile, ListenAddress listen, SourceFactory factory, int... probes)
            throws IOException {
        switch (corefile.version(listen).read()) {
            case PlanRead.Planned(var plan) -> {
                try (var server = DnsServer.start(DnsServerConfig.of(plan, CorefileOrigin.fixed(plan), factory))) {
                    Rehearsal.ask(server.addresses().getFirst().port(), ROUNDS);
                    for (int probe : probes) {
                        Rehearsal.probe(probe);
                    }
                }
            }
            case PlanRead.Failed failed ->
                throw new IllegalStateException(Problems.text(failed, "a Corefile of ours is wrong"));
        }
    }

    /// What kubeadm writes; nobody answers what is forwarded.
    private static CorefileText likeInACluster(int health, int ready, int metrics) {
        return new CorefileText("rehearsal", """
                . {
                    bind 127.0.0.1
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
                """.formatted(health, ready, metrics));
    }

    private static SourceFactory source(RehearsalApi api) throws IOException {
        var file = Files.createTempFile("waymark-rehearsal", ".kubeconfig");
        try {
            Files.writeString(file, api.kubeconfig());
            var config = KubernetesConfig.ofKubeconfig(file, Optional.empty());
            return (access, limits, scope, observer) ->
                    new KubernetesSource(config, RequestLimits.NONE, scope, observer);
        } finally {
            Files.delete(file);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
