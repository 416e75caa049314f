package io.waymark.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The program itself: without a command it only says which there are.
@Command(
        name = "waymark",
        description = "Cluster DNS and the Service data path for Kubernetes.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        sortOptions = false,
        footer = {
            "",
            "Exit codes: 0 ok, 1 what was asked about is wrong, 2 findings, 64 usage,",
            "69 something needed is not available, 70 a defect of Waymark.",
            "NO_COLOR is respected.",
            "",
            "Try it: waymark dns --manifests test-zones/demo"
        })
final class WaymarkCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli before a command runs
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
