package io.waymark.cli;

import io.waymark.dns.feed.SourceFactory;
import io.waymark.dns.plugin.kubernetes.ApiAccess;
import io.waymark.records.address.Cidr;
import io.waymark.source.directory.DirectoryConfig;
import io.waymark.source.directory.DirectorySource;
import io.waymark.source.kubernetes.KubernetesConfig;
import io.waymark.source.kubernetes.KubernetesSource;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// Where the cluster's objects come from.
final class SourceOptions {
    @Spec(Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(
            names = "--manifests",
            paramLabel = "DIR|FILE",
            description = "Take the objects from YAML and JSON files, not from an API server; changes are"
                    + " picked up within a second. May be given several times.")
    private List<Path> manifests = List.of();

    @Option(
            names = "--service-cluster-ip-range",
            paramLabel = "CIDR",
            split = ",",
            description = "With --manifests: where Services without a clusterIP get one."
                    + " Default: 10.96.0.0/12,fd00:10:96::/112.")
    private List<String> serviceRanges = List.of();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API server where the Corefile does not say it. Default: as a Pod does.")
    private @Nullable Path kubeconfig;

    /// Whether the command line says where the objects come from.
    boolean given() {
        return !manifests.isEmpty() || kubeconfig != null;
    }

    /// Fails with a [ParameterException] if the options contradict each other or are malformed.
    SourceFactory factory() {
        if (!manifests.isEmpty() && kubeconfig != null) {
            throw new ParameterException(
                    spec.commandLine(), "--manifests and --kubeconfig: the objects come from one of them, not both");
        }
        if (manifests.isEmpty()) {
            var outside = Optional.ofNullable(kubeconfig);
            return (api, limits, scope, observer) -> new KubernetesSource(
                    config(api, outside),
                    new RequestLimits(limits.queriesPerSecond(), limits.burst(), limits.inflightMax()),
                    scope,
                    observer);
        }
        var config = directoryConfig();
        return (api, limits, scope, observer) -> new DirectorySource(manifests, config, scope);
    }

    private static KubernetesConfig config(ApiAccess api, Optional<Path> kubeconfig) {
        return switch (api) {
            case ApiAccess.InCluster() ->
                kubeconfig
                        .map(file -> KubernetesConfig.ofKubeconfig(file, Optional.empty()))
                        .orElseGet(KubernetesConfig::inCluster);
            case ApiAccess.Kubeconfig(var file, var context) ->
                KubernetesConfig.ofKubeconfig(
                        Path.of(file), Optional.of(context).filter(name -> !name.isEmpty()));
            case ApiAccess.Endpoint(var url) -> KubernetesConfig.ofEndpoint(url);
            case ApiAccess.TlsEndpoint(var url, var certificate, var key, var authority) ->
                KubernetesConfig.ofEndpoint(url, Path.of(certificate), Path.of(key), Path.of(authority));
        };
    }

    private DirectoryConfig directoryConfig() {
        var config = DirectoryConfig.DEFAULT;
        for (var text : serviceRanges) {
            try {
                config = config.withServiceRange(
                        Cidr.parse(text).orElseThrow(() -> new IllegalArgumentException("it is no prefix")));
            } catch (IllegalArgumentException unfit) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--service-cluster-ip-range: found \"" + text + "\", expected a prefix such as 10.96.0.0/12: "
                                + unfit.getMessage());
            }
        }
        return config;
    }
}
