package io.waymark.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// Prints the completion script of the shell; bash and zsh read the same one.
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = {
            "Print a completion script for bash and zsh.",
            "bash, and zsh after `autoload bashcompinit && bashcompinit`:",
            "  source <(waymark completion)"
        })
final class CompletionCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Override
    public Integer call() {
        var root = spec.root().commandLine();
        root.getOut().print(AutoComplete.bash("waymark", root));
        root.getOut().flush();
        return ExitCode.OK;
    }
}
