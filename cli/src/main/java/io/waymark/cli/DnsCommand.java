package io.waymark.cli;

import io.waymark.dns.DnsServer;
import io.waymark.dns.DnsServerConfig;
import io.waymark.dns.listen.ListenException;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.PluginOrder;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.forward.ForwardStartException;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.source.SourceException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// Serves DNS until it is told to stop. CoreDNS' own flags are accepted as they are.
@Command(
        name = "dns",
        versionProvider = Version.class,
        description = "Serve the cluster's DNS.",
        sortOptions = false,
        footer = {
            "",
            "SIGTERM and SIGINT end it: what was asked is answered, then the exit code is 0. A second",
            "SIGINT ends it at once, with 2. SIGUSR1: the Corefile is read again and served, and if it",
            "cannot be, the one before is. SIGQUIT: a dump of all threads. SIGHUP and SIGUSR2: nothing.",
            "Exit codes before that: 1 the Corefile has problems, 64 usage, 69 a port, a file or the",
            "configuration of the API server is not to be had, 70 a defect."
        })
final class DnsCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Option(
            names = {"-conf", "--conf"},
            paramLabel = "FILE",
            description = "The Corefile. Default: with --manifests or --kubeconfig a built-in one, which"
                    + " `waymark check-config` prints; else ./Corefile.")
    private @Nullable Path conf;

    @Mixin
    private final SourceOptions sources = new SourceOptions();

    @Mixin
    private final ListenOptions listening = new ListenOptions();

    @Option(
            names = {"-pidfile", "--pidfile"},
            paramLabel = "FILE",
            description = "Write the process ID there while serving.")
    private @Nullable Path pidFile;

    @Option(
            names = {"-quiet", "--quiet"},
            description = "Print no version at the start.")
    private boolean quiet;

    @Option(
            names = {"-plugins", "--plugins"},
            description = "List the plugins that a Corefile may name and exit.")
    private boolean plugins;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    @Option(
            names = {"-version", "--version", "-V"},
            versionHelp = true,
            description = "Print the version and exit.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Override
    public Integer call() {
        if (plugins) {
            PluginOrder.supported().forEach(name -> spec.commandLine().getOut().println("dns." + name));
            return ExitCode.OK;
        }
        var factory = sources.factory();
        boolean builtIn = conf == null && sources.given();
        var listen = listening.orElse(builtIn ? BuiltInCorefile.LISTEN : ListenOptions.COREDNS);
        var corefile = builtIn ? BuiltInCorefile.here() : CorefileText.ofFile(file());
        var version = corefile.version(listen);
        return switch (version.read()) {
            case PlanRead.Planned(var plan) -> {
                var origin = builtIn ? CorefileOrigin.fixed(plan) : CorefileText.origin(file(), version, listen);
                yield serve(DnsServerConfig.of(plan, origin, factory));
            }
            case PlanRead.Failed failed -> {
                spec.commandLine().getErr().print(Problems.text(failed, "nothing was started"));
                yield ExitCode.WRONG;
            }
        };
    }

    private Path file() {
        if (conf != null) {
            return conf;
        }
        if (Files.exists(CorefileText.IN_THIS_FOLDER)) {
            return CorefileText.IN_THIS_FOLDER;
        }
        throw new ParameterException(
                spec.commandLine(),
                "no Corefile: name one (-conf FILE), or where the objects are (--manifests DIR, --kubeconfig FILE)");
    }

    private int serve(DnsServerConfig config) {
        warn(config.plan());
        var termination = Termination.arm();
        try {
            var server = start(config);
            termination.onReload(server::reloadCorefile);
            writePid();
            announce();
            termination.await(() -> {
                server.close();
                removePid();
            });
            throw new IllegalStateException("the wait for a signal has ended without one");
        } catch (InterruptedException stopped) {
            // By a program that runs the command on a thread of its own, as the training run does.
            return ExitCode.OK;
        } finally {
            termination.disarm();
        }
    }

    private void announce() {
        if (!quiet) {
            for (var line : new Version().getVersion()) {
                spec.commandLine().getOut().println(line);
            }
            spec.commandLine().getOut().flush();
        }
    }

    private void warn(ServerPlan plan) {
        plan.warnings().forEach(warning -> spec.commandLine().getErr().println(warning));
    }

    private static DnsServer start(DnsServerConfig config) {
        try {
            return DnsServer.start(config);
        } catch (ListenException | SourceException | ForwardStartException | PluginStartException refused) {
            throw new CommandException(ExitCode.UNAVAILABLE, String.valueOf(refused.getMessage()));
        }
    }

    private void writePid() {
        if (pidFile != null) {
            try {
                Files.writeString(pidFile, ProcessHandle.current().pid() + "\n");
            } catch (IOException refused) {
                throw new CommandException(
                        ExitCode.UNAVAILABLE,
                        "cannot write -pidfile " + pidFile + ": " + refused
                                + "; name a file in a folder that is there");
            }
        }
    }

    private void removePid() {
        if (pidFile != null) {
            try {
                Files.deleteIfExists(pidFile);
            } catch (IOException stays) {
                spec.commandLine().getErr().println("cannot remove -pidfile " + pidFile + ": " + stays);
            }
        }
    }
}
