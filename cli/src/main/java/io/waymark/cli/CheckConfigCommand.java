package io.waymark.cli;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.plan.EffectiveConfig;
import io.waymark.dns.plan.PlanRead;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads a Corefile as `dns` would, or a KubeProxyConfiguration as `proxy` would, and prints what it comes to.
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check a Corefile: every problem with file:line:column, or the effective configuration; and what"
                + " becomes of each line of a Corefile that CoreDNS ran with. Or check a KubeProxyConfiguration.",
        footer = {"", "Exit codes: 0 it can be served, 1 it has problems, 69 it cannot be read."})
final class CheckConfigCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "The Corefile, or the KubeProxyConfiguration. Default: the one that is built in for --manifests.")
    private @Nullable Path file;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            description = "text (the default), or json: the fate of each line alone, for programs.")
    private Output output = Output.text;

    /// As they are written on the command line.
    private enum Output {
        text,
        json
    }

    @Mixin
    private final ListenOptions listening = new ListenOptions();

    @Override
    public Integer call() {
        if (file != null) {
            var proxy = ProxyConfigCheck.of(file);
            if (proxy.isPresent()) {
                return proxy.get()
                        .print(spec.commandLine().getOut(), spec.commandLine().getErr());
            }
            return print(CorefileText.ofFile(file), listening.orElse(ListenOptions.COREDNS));
        }
        var listen = listening.orElse(BuiltInCorefile.LISTEN);
        var builtIn = BuiltInCorefile.here();
        if (output == Output.text) {
            var out = spec.commandLine().getOut();
            out.println("# " + builtIn.name());
            out.print(builtIn.text());
            out.println();
        }
        return print(builtIn, listen);
    }

    private int print(CorefileText corefile, ListenAddress listen) {
        var out = spec.commandLine().getOut();
        var read = corefile.version(listen).read();
        var migration = corefile.migration(listen);
        switch (output) {
            case text -> {
                print(read);
                out.println();
                out.println("What becomes of each line:");
                out.print(MigrationText.table(migration));
            }
            case json -> out.print(MigrationText.json(migration));
        }
        return read instanceof PlanRead.Planned ? ExitCode.OK : ExitCode.WRONG;
    }

    private void print(PlanRead read) {
        var err = spec.commandLine().getErr();
        switch (read) {
            case PlanRead.Planned(var plan) -> {
                plan.warnings().forEach(err::println);
                spec.commandLine().getOut().print(EffectiveConfig.text(plan));
            }
            case PlanRead.Failed failed -> err.print(Problems.text(failed, "it cannot be served"));
        }
    }
}
