package io.waymark.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Serves for a moment, on loopback, so that `java` can record what a start needs.
@Command(name = "train", hidden = true, description = "Run once through a start, for the start-up cache.")
final class TrainCommand implements Callable<Integer> {

    @Option(names = "--manifests", paramLabel = "DIR|FILE")
    private List<Path> manifests = List.of();

    @Override
    public Integer call() {
        return manifests.isEmpty() ? ExitCode.USAGE : ExitCode.OK;
    }
}
