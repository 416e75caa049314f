package io.waymark.cli;

import io.waymark.dns.corefile.file.FileImports;
import io.waymark.dns.corefile.plan.PlanRead;
import io.waymark.dns.corefile.plan.ServerPlan;
import io.waymark.dns.corefile.stage.ListenAddress;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/// A Corefile as the command line names it.
/// @param name how it is called in messages; imports are relative to it
record CorefileText(String name, String text) {
    /// What CoreDNS reads if it is not told otherwise.
    static final Path IN_THIS_FOLDER = Path.of("Corefile");

    /// Fails with a [CommandException] if it cannot be read.
    static CorefileText ofFile(Path file) {
        try {
            byte[] octets;
            try (var in = Files.newInputStream(file)) {
                octets = in.readNBytes(FileImports.FILE_OCTETS_MAX + 1);
            }
            if (octets.length > FileImports.FILE_OCTETS_MAX) {
                throw unreadable(file, "it is larger than " + FileImports.FILE_OCTETS_MAX + " octets");
            }
            return new CorefileText(file.toString(), new String(octets, StandardCharsets.UTF_8));
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "there is no such file");
        } catch (IOException refused) {
            throw unreadable(file, Files.isDirectory(file) ? "it is a folder" : String.valueOf(refused.getMessage()));
        }
    }

    private static CommandException unreadable(Path file, String why) {
        return new CommandException(
                ExitCode.UNAVAILABLE, "cannot read the Corefile " + file + ": " + why + "; name one that is there");
    }

    /// Reads and compiles it. Environment variables are those of this process.
    /// @param listen where zones are served that do not say it themselves
    PlanRead plan(ListenAddress listen) {
        return ServerPlan.read(
                name, text, variable -> Optional.ofNullable(System.getenv(variable)), new FileImports(), listen);
    }
}
