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
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Reads a Corefile as `dns` would, and prints what it comes to.
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check a Corefile: every problem with file:line:column, or the effective configuration.",
        footer = {"", "Exit codes: 0 it can be served, 1 it has problems, 69 it cannot be read."})
final class CheckConfigCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "FILE",
            description = "The Corefile. Default: the one that is built in for --manifests.")
    private @Nullable Path file;

    @Mixin
    private final ListenOptions listening = new ListenOptions();

    @Override
    public Integer call() {
        if (file != null) {
            return print(CorefileText.ofFile(file), listening.orElse(ListenOptions.COREDNS));
        }
        var listen = listening.orElse(BuiltInCorefile.LISTEN);
        var builtIn = BuiltInCorefile.here();
        var out = spec.commandLine().getOut();
        out.println("# " + builtIn.name());
        out.print(builtIn.text());
        out.println();
        return print(builtIn, listen);
    }

    private int print(CorefileText corefile, ListenAddress listen) {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        return switch (corefile.version(listen).read()) {
            case PlanRead.Planned(var plan) -> {
                plan.warnings().forEach(err::println);
                out.print(EffectiveConfig.text(plan));
                yield ExitCode.OK;
            }
            case PlanRead.Failed failed -> {
                err.print(Problems.text(failed, "it cannot be served"));
                yield ExitCode.WRONG;
            }
        };
    }
}
