package io.waymark.cli.kubedns;

import io.waymark.dns.kubedns.KubeDnsSettings;
import io.waymark.dns.kubedns.Nameserver;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// kube-dns' flags, and the ports of the two programs that run beside it.
public final class KubeDnsOptions {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(names = "--domain", paramLabel = "NAME", description = "The cluster's domain. Default: cluster.local.")
    private String domain = "cluster.local.";

    @Option(names = "--dns-port", paramLabel = "PORT", description = "Where to serve DNS. Default: 53.")
    private int dnsPort = 53;

    @Option(
            names = "--dns-bind-address",
            paramLabel = "ADDRESS",
            description = "The address to serve at. Default: 0.0.0.0, every one.")
    private String bindAddress = "0.0.0.0";

    @Option(
            names = "--healthz-port",
            paramLabel = "PORT",
            description = "Of the path /readiness; 0 for none. Default: 8081.")
    private int healthzPort = 8081;

    @Option(
            names = "--dnsmasq-port",
            paramLabel = "PORT",
            description = "Serve DNS there too, in dnsmasq's place. Default: 0, do not.")
    private int dnsmasqPort;

    @Option(
            names = "--sidecar-port",
            paramLabel = "PORT",
            description = "Of the paths /healthcheck/kubedns and /healthcheck/dnsmasq. Default: 0, do not.")
    private int sidecarPort;

    @Option(names = "--config-dir", paramLabel = "DIR", description = "The mounted ConfigMap: a file for each key.")
    private @Nullable Path configDir;

    @Option(names = "--config-map", paramLabel = "NAME", description = "The ConfigMap, followed at the API server.")
    private String configMap = "";

    @Option(names = "--config-map-namespace", paramLabel = "NAME", description = "Where it lies. Default: kube-system.")
    private String configMapNamespace = "kube-system";

    @Option(
            names = "--config-period",
            paramLabel = "DURATION",
            description = "How often a mounted one is read again, and names of servers asked for. Default: 10s.")
    private String configPeriod = "10s";

    @Option(
            names = "--initial-sync-timeout",
            paramLabel = "DURATION",
            description = "How long queries wait for the cluster's objects. Default: 60s.")
    private String syncTimeout = "60s";

    @Option(
            names = "--nameservers",
            paramLabel = "ADDRESS[:PORT]",
            split = ",",
            description = "Upstreams where the ConfigMap names none. Default: those of /etc/resolv.conf.")
    private List<String> nameservers = List.of();

    @Option(names = "--federations", paramLabel = "TEXT", description = "Has no effect; answered with a warning.")
    private String federations = "";

    @Option(names = "--kubecfg-file", paramLabel = "FILE", description = "How to reach the API server.")
    private @Nullable Path kubeconfig;

    @Option(names = "--kube-master-url", paramLabel = "URL", description = "The API server, without credentials.")
    private String masterUrl = "";

    @Option(
            names = {
                "--profiling",
                "--logtostderr",
                "--alsologtostderr",
                "-logtostderr",
                "-alsologtostderr",
                "--v",
                "-v",
                "--vmodule",
                "--stderrthreshold",
                "--log-dir",
                "--log_dir",
                "--log-backtrace-at",
                "--log-flush-frequency"
            },
            arity = "0..1",
            fallbackValue = "true",
            hidden = true,
            description = "Accepted, without effect.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private List<String> ignored = List.of();

    /// Fails with a [ParameterException] if a flag's value is none.
    public KubeDnsSettings settings() {
        var ports = new ArrayList<>(List.of(port("--dns-port", dnsPort)));
        if (port("--dnsmasq-port", dnsmasqPort) > 0 && dnsmasqPort != dnsPort) {
            ports.add(dnsmasqPort);
        }
        return new KubeDnsSettings(
                DomainName.parse(domain)
                        .filter(name -> name.labelCount() > 0)
                        .orElseThrow(() -> wrong("--domain", domain, "a domain such as cluster.local.")),
                new KubeDnsSettings.Ports(
                        ports,
                        port("--healthz-port", healthzPort),
                        port("--sidecar-port", sidecarPort),
                        metricsPort(Optional.ofNullable(System.getenv("PROMETHEUS_PORT")))),
                bind(),
                api(),
                nameservers.stream().map(this::nameserver).toList(),
                duration("--initial-sync-timeout", syncTimeout));
    }

    /// kube-dns has no flag for it.
    private int metricsPort(Optional<String> environment) {
        return environment
                .filter(text -> !text.isEmpty())
                .map(text -> {
                    if (!text.matches("[0-9]{1,5}")) {
                        throw wrong("PROMETHEUS_PORT", text, "a number from 0 to 65535");
                    }
                    return port("PROMETHEUS_PORT", Integer.parseInt(text));
                })
                .orElse(0);
    }

    private Optional<String> bind() {
        var address = IpAddress.parse(bindAddress)
                .orElseThrow(() -> wrong("--dns-bind-address", bindAddress, "an address such as 0.0.0.0"));
        boolean every = address.equals(IpAddress.of("0.0.0.0")) || address.equals(IpAddress.of("::"));
        return every ? Optional.empty() : Optional.of(address.toString());
    }

    private List<String> api() {
        if (kubeconfig != null) {
            return List.of("kubeconfig \"" + kubeconfig + "\"");
        }
        return masterUrl.isEmpty() ? List.of() : List.of("endpoint \"" + masterUrl + "\"");
    }

    private Nameserver.Address nameserver(String text) {
        if (Nameserver.parse(text).orElse(null) instanceof Nameserver.Address address) {
            return address;
        }
        throw wrong("--nameservers", text, "an address such as 192.0.2.1 or 192.0.2.1:53");
    }

    private int port(String flag, int port) {
        if (port < 0 || port > 65_535) {
            throw wrong(flag, Integer.toString(port), "a number from 0 to 65535");
        }
        return port;
    }

    private Duration duration(String flag, String text) {
        return GoDuration.parse(text)
                .filter(time -> time.compareTo(Duration.ofMillis(1)) >= 0)
                .orElseThrow(() -> wrong(flag, text, "a time such as 10s"));
    }

    /// How often the ConfigMap is read.
    public Duration period() {
        return duration("--config-period", configPeriod);
    }

    /// The mounted folder, if it is named.
    public Optional<Path> configDir() {
        return Optional.ofNullable(configDir);
    }

    /// The ConfigMap's name, if it is to be asked of the API server.
    public Optional<String> configMap() {
        if (!configMap.isEmpty() && configDir != null) {
            throw new ParameterException(
                    spec.commandLine(), "--config-dir and --config-map: the values come from one of them, not both");
        }
        return Optional.of(configMap).filter(name -> !name.isEmpty());
    }

    public String configMapNamespace() {
        return configMapNamespace;
    }

    public Optional<Path> kubeconfig() {
        return Optional.ofNullable(kubeconfig);
    }

    public String masterUrl() {
        return masterUrl;
    }

    /// What was said and has no effect; empty if nothing.
    public String withoutEffect() {
        return federations.isEmpty()
                ? ""
                : "--federations: Kubernetes has no federations any more, and names in them are not answered;"
                        + " remove the flag";
    }

    private ParameterException wrong(String flag, String found, String expected) {
        return new ParameterException(spec.commandLine(), flag + ": found \"" + found + "\", expected " + expected);
    }
}
