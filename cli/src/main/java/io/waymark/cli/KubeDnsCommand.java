package io.waymark.cli;

import io.waymark.cli.kubedns.ConfigValues;
import io.waymark.cli.kubedns.KubeDnsOptions;
import io.waymark.cli.kubedns.KubeDnsSurface;
import io.waymark.dns.DnsServer;
import io.waymark.dns.DnsServerConfig;
import io.waymark.dns.feed.SourceFactory;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.PluginOrder;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.source.SourceException;
import io.waymark.source.kubernetes.ConfigMapWatch;
import io.waymark.source.kubernetes.KubernetesConfig;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Serves DNS in kube-dns' place: by its flags and its ConfigMap. There is no Corefile but the one
/// that these come to; when the ConfigMap changes, the next one takes its place without a break.
@Command(
        name = "kube-dns",
        versionProvider = Version.class,
        description = "Serve the cluster's DNS as kube-dns does, with its flags and its ConfigMap.",
        sortOptions = false,
        footer = {
            "",
            "PROMETHEUS_PORT in the environment is the port of /metrics, as for kube-dns.",
            "SIGTERM and SIGINT end it: what was asked is answered, then the exit code is 0.",
            "SIGUSR1: the ConfigMap is read again at once."
        })
final class KubeDnsCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(KubeDnsCommand.class);
    private static final long FIRST_LOOK_MILLIS = 1000;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Mixin
    private final KubeDnsOptions options = new KubeDnsOptions();

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Option(names = "--print-corefile", description = "Print the Corefile that all this comes to, and exit.")
    private boolean print;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"--version", "-V"},
            versionHelp = true,
            arity = "0..1",
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Override
    public Integer call() throws InterruptedException {
        var settings = options.settings();
        var period = options.period();
        var factory = sources.factory();
        try (var values = values()) {
            var surface = KubeDnsSurface.of(settings, values, PluginOrder.supported(), LOG::warn);
            if (!options.withoutEffect().isEmpty()) {
                LOG.warn(options.withoutEffect());
            }
            var first = surface.firstCorefile();
            if (print) {
                spec.commandLine().getOut().print(first);
                return ExitCode.OK;
            }
            return serve(values, surface, first, period, factory);
        }
    }

    private int serve(ConfigValues values, KubeDnsSurface surface, String first, Duration period, SourceFactory factory)
            throws InterruptedException {
        var termination = Termination.arm();
        try (var looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("kube-dns-config").daemon().factory())) {
            var plan = plan(first);
            var server = start(DnsServerConfig.of(plan, CorefileOrigin.fixed(plan), factory));
            surface.broken().register(server.metrics());
            var served = new Served(server, surface, looking, first);
            var _ = looking.scheduleWithFixedDelay(
                    served::look,
                    Math.min(FIRST_LOOK_MILLIS, period.toMillis()),
                    period.toMillis(),
                    TimeUnit.MILLISECONDS);
            values.onChange(served::lookSoon);
            termination.onReload(served::lookSoon);
            termination.await(() -> {
                looking.shutdownNow();
                server.close();
            });
            throw new IllegalStateException("the wait for a signal has ended without one");
        } finally {
            termination.disarm();
        }
    }

    private ConfigValues values() {
        var name = options.configMap();
        if (options.configDir().isPresent()) {
            return new ConfigValues.Folder(options.configDir().get());
        }
        if (name.isEmpty()) {
            return new ConfigValues.None();
        }
        try {
            return new ConfigValues.InApi(new ConfigMapWatch(api(), options.configMapNamespace(), name.get()));
        } catch (SourceException refused) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()));
        } catch (IllegalArgumentException unfit) {
            throw new ParameterException(spec.commandLine(), "--config-map: " + unfit.getMessage());
        }
    }

    private KubernetesConfig api() {
        if (options.kubeconfig().isPresent()) {
            return KubernetesConfig.ofKubeconfig(options.kubeconfig().get(), Optional.empty());
        }
        return options.masterUrl().isEmpty()
                ? KubernetesConfig.inCluster()
                : KubernetesConfig.ofEndpoint(URI.create(options.masterUrl()));
    }

    private static ServerPlan plan(String corefile) {
        return switch (new CorefileText("kube-dns' ConfigMap and flags", corefile)
                .version(ListenOptions.COREDNS)
                .read()) {
            case PlanRead.Planned(var plan) -> plan;
            case PlanRead.Failed failed ->
                throw new CommandException(
                        ExitCode.WRONG,
                        Problems.text(failed, "nothing was started").strip());
        };
    }

    private static DnsServer start(DnsServerConfig config) {
        try {
            return DnsServer.start(config);
        } catch (ListenException | SourceException | ForwardStartException | PluginStartException refused) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()));
        }
    }

    /// The Corefile that is served, and the next one. Confined to one thread, but for [#lookSoon].
    private static final class Served {
        private final DnsServer server;
        private final KubeDnsSurface surface;
        private final Executor thread;
        private final AtomicBoolean coming = new AtomicBoolean();
        private String served;

        Served(DnsServer server, KubeDnsSurface surface, Executor thread, String served) {
            this.server = server;
            this.surface = surface;
            this.thread = thread;
            this.served = served;
        }

        /// Looks when the thread is free, once for all who have asked by then. Any thread.
        void lookSoon() {
            if (coming.compareAndSet(false, true)) {
                try {
                    thread.execute(() -> {
                        coming.set(false);
                        look();
                    });
                } catch (RejectedExecutionException ending) {
                    // The server ends, and nothing changes any more.
                    return;
                }
            }
        }

        /// Reads the ConfigMap again and serves what it says. Throws nothing: it is called again.
        void look() {
            try {
                var next = surface.corefile();
                if (!next.equals(served)) {
                    server.reload(plan(next));
                    served = next;
                    LOG.info("the ConfigMap kube-dns is in effect as it is now");
                }
            } catch (CommandException
                    | ListenException
                    | SourceException
                    | ForwardStartException
                    | PluginStartException refused) {
                LOG.warn(
                        "the ConfigMap kube-dns is not in effect as it is now, but as before: {}",
                        refused.getMessage());
            } catch (RuntimeException defect) {
                LOG.error("a defect of Waymark while the ConfigMap kube-dns was read; it goes on", defect);
            }
        }
    }
}
