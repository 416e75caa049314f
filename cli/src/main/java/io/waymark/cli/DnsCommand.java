package io.waymark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Serves DNS until it is told to stop. CoreDNS' own flags are accepted as they are.
@Command(
        name = "dns",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Serve the cluster's DNS.",
        sortOptions = false,
        footer = {"", "SIGTERM and SIGINT end it: what was asked is answered, then the exit code is 0."})
final class DnsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE",
            description = "The Corefile. Default: ./Corefile if there is one; with --manifests or --kubeconfig"
                    + " a built-in one, which `waymark check-config` prints.")
    private @Nullable Path conf;

    @Option(
            names = "--manifests",
            paramLabel = "DIR|FILE",
            description = "Take the objects from YAML and JSON files instead of an API server; changes are"
                    + " picked up within a second. May be given several times.")
    private List<Path> manifests = List.of();

    @Option(
            names = "--kubeconfig",
            paramLabel = "FILE",
            description = "How to reach the API server from outside a cluster.")
    private @Nullable Path kubeconfig;

    @Override
    public Integer call() {
        throw new CommandException(
                ExitCode.UNAVAILABLE,
                spec.name() + " " + conf + manifests + kubeconfig + ": the server is not wired in yet");
    }
}
