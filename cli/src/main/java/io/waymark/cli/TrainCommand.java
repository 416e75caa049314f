package io.waymark.cli;

import io.waymark.dns.DnsServer;
import io.waymark.dns.DnsServerConfig;
import io.waymark.dns.corefile.plan.PlanRead;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.source.kubernetes.KubernetesSource;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Goes once through all that a start needs, so that `java` can record it (-XX:AOTCacheOutput):
/// serves on loopback for a moment, asks itself, and loads what only a cluster would make it load.
@Command(name = "train", hidden = true, description = "Go once through a start, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {
    /// Enough for the JIT's counters to see what is hot, within a second.
    private static final int ROUNDS = 200;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Override
    public Integer call() throws IOException, GeneralSecurityException {
        var anyPort = new ListenAddress(BuiltInCorefile.LISTEN.address(), 0);
        switch (BuiltInCorefile.of(false).plan(anyPort)) {
            case PlanRead.Planned(var plan) -> {
                try (var server = DnsServer.start(DnsServerConfig.of(plan, sources.factory()))) {
                    Rehearsal.ask(server.addresses().getFirst().port(), ROUNDS);
                }
            }
            case PlanRead.Failed failed ->
                throw new IllegalStateException(Problems.text(failed, "the built-in Corefile is wrong"));
        }
        Rehearsal.greet();
        // Its jar has the way to an API server, of which nothing was needed so far.
        Rehearsal.load(KubernetesSource.class);
        return ExitCode.OK;
    }
}
