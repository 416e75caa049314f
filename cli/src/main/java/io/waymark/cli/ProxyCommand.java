package io.waymark.cli;

import io.waymark.proxy.ClusterAccess;
import io.waymark.proxy.ProxyStartException;
import io.waymark.proxy.ServiceProxy;
import io.waymark.proxy.config.ConfigRead;
import io.waymark.proxy.config.ConfigReader;
import io.waymark.proxy.config.ConfigText;
import io.waymark.proxy.config.FlagReader;
import io.waymark.proxy.config.ProxyConfig;
import io.waymark.proxy.config.ProxyFlag;
import io.waymark.proxy.events.ApiEvents;
import io.waymark.proxy.events.EventRecorder;
import io.waymark.proxy.host.ConfigFileWatch;
import io.waymark.proxy.iptables.chains.ChainOptions.Dispatch;
import io.waymark.records.address.Cidr;
import io.waymark.source.SourceException;
import io.waymark.source.directory.DirectoryConfig;
import io.waymark.source.directory.DirectorySource;
import io.waymark.source.document.DocumentProblem;
import io.waymark.source.kubernetes.KubernetesConfig;
import io.waymark.source.kubernetes.KubernetesSource;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Programs the data path of this node's Services until it is told to stop. Takes kube-proxy's flags.
@Command(
        name = "proxy",
        description = "Program the data path of Services on this node, in kube-proxy's place.",
        sortOptions = false,
        footer = {
            "",
            "Modes: iptables, nftables. SIGTERM and SIGINT end it with exit code 0; the rules stay, traffic goes on.",
            "Exit codes before that: 1 the configuration has problems, or its file has changed, 64 usage, 69 the kernel, a port or the",
            "API server's configuration is not to be had, 70 a defect."
        })
final class ProxyCommand implements Callable<Integer> {
    /// Flags that hold beside a configuration file, as with kube-proxy.
    private static final List<String> BESIDE_CONFIG = List.of("--hostname-override", "-v");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A KubeProxyConfiguration. Other flags that stand for its fields are then without effect,"
                    + " but for --hostname-override and -v.")
    private @Nullable Path config;

    private byte[] configOctets = {};

    @Option(
            names = "--manifests",
            paramLabel = "DIR|FILE",
            description = "Take the objects from YAML and JSON files, not from an API server. May be given several"
                    + " times.")
    private List<Path> manifests = List.of();

    @Option(
            names = "--service-cluster-ip-range",
            paramLabel = "CIDR",
            split = ",",
            description = "With --manifests: where Services without a clusterIP get one.")
    private List<String> serviceRanges = List.of();

    @Option(names = "--master", paramLabel = "URL", description = "The API server, instead of the kubeconfig's.")
    private @Nullable String master;

    @Option(
            names = "--write-config-to",
            paramLabel = "FILE",
            description = "Write the configuration that is in force there and exit.")
    private @Nullable Path writeConfigTo;

    @Option(
            names = "--init-only",
            description =
                    "Make the settings of the kernel that need full rights and exit; NET_ADMIN alone does to serve"
                            + " then.")
    private boolean initOnly;

    @Option(
            names = "--iptables-dispatch",
            paramLabel = "buckets|flat",
            description = "In iptables mode: divide KUBE-SERVICES by address where it is long, or keep each Service"
                    + " in it as kube-proxy does. Default: buckets.")
    private Dispatch dispatch = Dispatch.BUCKETS;

    @Option(names = "--cleanup", description = "Remove everything of ours from the kernel and exit.")
    private boolean cleanup;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    /// The command with all of kube-proxy's flags.
    static CommandLine commandLine() {
        var line = new CommandLine(new ProxyCommand()).setCaseInsensitiveEnumValuesAllowed(true);
        for (var flag : ProxyFlag.ALL) {
            var option = OptionSpec.builder(flag.name()).description(flag.description());
            line.getCommandSpec()
                    .addOption(
                            switch (flag.type()) {
                                // As Go's: alone it means true, and a value needs an equals sign.
                                case FLAG ->
                                    option.type(String.class)
                                            .arity("0..1")
                                            .fallbackValue("true")
                                            .paramLabel("true|false")
                                            .build();
                                case TEXT, NUMBER, LIST ->
                                    option.type(String.class)
                                            .arity("1")
                                            .paramLabel("VALUE")
                                            .build();
                            });
        }
        return line;
    }

    @Override
    public Integer call() {
        try {
            if (cleanup) {
                spec.commandLine().getErr().println("removed " + ServiceProxy.cleanup());
                return ExitCode.OK;
            }
            return switch (read()) {
                case ConfigRead.Failed(var problems) -> problems(problems);
                case ConfigRead.Sound(var found, var warnings) -> {
                    warnings.forEach(spec.commandLine().getErr()::println);
                    yield act(found);
                }
            };
        } catch (ProxyStartException | SourceException refused) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()));
        }
    }

    private int act(ProxyConfig found) throws ProxyStartException {
        if (writeConfigTo != null) {
            return write(found, writeConfigTo);
        }
        if (initOnly) {
            ServiceProxy.initialize(found);
            return ExitCode.OK;
        }
        return serve(found);
    }

    private int problems(List<DocumentProblem> problems) {
        var err = spec.commandLine().getErr();
        problems.forEach(problem ->
                err.println(problem.file().startsWith("-") ? problem.file() + ": " + problem.message() : problem));
        err.println((problems.size() == 1 ? "1 problem" : problems.size() + " problems") + "; nothing was started");
        return ExitCode.WRONG;
    }

    private ConfigRead read() {
        var flags = flags();
        if (config == null) {
            return FlagReader.read(flags);
        }
        try {
            flags.keySet().retainAll(BESIDE_CONFIG);
            configOctets = Files.readAllBytes(config);
            return ConfigReader.read(config.toString(), configOctets, flags);
        } catch (IOException unreadable) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE, "cannot read --config " + config + ": " + unreadable.getMessage());
        }
    }

    private Map<String, String> flags() {
        var given = new LinkedHashMap<String, String>();
        for (var flag : ProxyFlag.ALL) {
            String value = spec.findOption(flag.name()).getValue();
            if (value != null) {
                given.put(flag.name(), value);
            }
        }
        return given;
    }

    private static int write(ProxyConfig found, Path file) {
        try {
            Files.writeString(file, ConfigText.of(found));
            return ExitCode.OK;
        } catch (IOException unwritable) {
            throw new CommandException(
                    ExitCode.UNAVAILABLE, "cannot write --write-config-to " + file + ": " + unwritable.getMessage());
        }
    }

    private int serve(ProxyConfig found) throws ProxyStartException {
        var termination = Termination.arm();
        try {
            Consumer<String> giveUp = why -> {
                spec.commandLine().getErr().println("waymark proxy: " + why);
                termination.end(ExitCode.WRONG);
            };
            var proxy = ServiceProxy.start(found, hostname(), cluster(found), dispatch, giveUp);
            var watch = watch(giveUp);
            termination.await(() -> {
                watch.ifPresent(ConfigFileWatch::close);
                proxy.close();
            });
            throw new IllegalStateException("the wait for a signal has ended without one");
        } catch (InterruptedException stopped) {
            return ExitCode.OK;
        } finally {
            termination.disarm();
        }
    }

    /// As kube-proxy: whoever supervises it starts it again, with what the file says then.
    private Optional<ConfigFileWatch> watch(Consumer<String> giveUp) {
        return config == null
                ? Optional.empty()
                : Optional.of(ConfigFileWatch.start(
                        config,
                        configOctets,
                        () -> giveUp.accept("content of the proxy server's configuration file was updated")));
    }

    private static String hostname() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException elsewhere) {
            try {
                return InetAddress.getLocalHost().getHostName();
            } catch (UnknownHostException nameless) {
                throw new CommandException(
                        ExitCode.UNAVAILABLE, "this host has no name; give the Node's with --hostname-override");
            }
        }
    }

    private ClusterAccess cluster(ProxyConfig found) {
        var client = found.client();
        if (manifests.isEmpty()) {
            var api = api(client.kubeconfig());
            var limits = new RequestLimits(Math.max(0, client.qps()), client.burst(), 0);
            return new ClusterAccess(
                    (scope, observer) -> new KubernetesSource(api, limits, scope, observer),
                    ApiEvents.start(api, limits, hostname(), InstantSource.system()));
        }
        if (!client.kubeconfig().isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "--manifests and --kubeconfig: the objects come from one of them, not both");
        }
        return new ClusterAccess(
                (scope, observer) -> new DirectorySource(manifests, ranges(), scope), EventRecorder.NONE);
    }

    private KubernetesConfig api(String kubeconfig) {
        if (master != null && kubeconfig.isEmpty()) {
            return KubernetesConfig.ofEndpoint(URI.create(master));
        }
        return kubeconfig.isEmpty()
                ? KubernetesConfig.inCluster()
                : KubernetesConfig.ofKubeconfig(Path.of(kubeconfig), Optional.empty());
    }

    private DirectoryConfig ranges() {
        var ranges = DirectoryConfig.DEFAULT;
        for (var text : serviceRanges) {
            ranges = ranges.withServiceRange(Cidr.parse(text)
                    .orElseThrow(() -> new ParameterException(
                            spec.commandLine(),
                            "--service-cluster-ip-range: found " + text + ", expected a prefix such as 10.96.0.0/12")));
        }
        return ranges;
    }
}
