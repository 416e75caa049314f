package io.waymark.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// Reads a Corefile as `dns` would, and prints what it comes to.
@Command(
        name = "check-config",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description = "Check a Corefile: every problem with file:line:column, or the effective configuration.")
final class CheckConfigCommand implements Callable<Integer> {

    @Parameters(arity = "0..1", paramLabel = "FILE", description = "The Corefile. Default: the built-in one.")
    private @Nullable Path file;

    @Override
    public Integer call() {
        throw new CommandException(ExitCode.UNAVAILABLE, "check-config " + file + ": not wired in yet");
    }
}
