package io.waymark.cli;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.file.FileImports;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.listen.LocalAddresses;
import io.waymark.dns.migration.MigrationReport;
import io.waymark.dns.plan.CorefileVersion;
import io.waymark.dns.reload.CorefileFile;
import io.waymark.dns.reload.CorefileFile.Content;
import io.waymark.dns.reload.CorefileOrigin;
import java.nio.file.Path;
import java.util.Optional;

/// A Corefile as the command line names it.
/// @param name how it is called in messages; imports are relative to it
record CorefileText(String name, String text) {
    /// What CoreDNS reads if it is not told otherwise.
    static final Path IN_THIS_FOLDER = Path.of("Corefile");

    private static final Host HOST =
            new Host(CorefileText::environment, new FileImports(), LocalAddresses::ofInterface);

    /// Fails with a [CommandException] if it cannot be read.
    static CorefileText ofFile(Path file) {
        return switch (CorefileFile.content(file)) {
            case Content.Text(var text) -> new CorefileText(file.toString(), text);
            case Content.Unreadable(var why) ->
                throw new CommandException(
                        ExitCode.UNAVAILABLE,
                        "cannot read the Corefile " + file + ": " + why + "; name one that is there");
        };
    }

    /// Reads and compiles it. Environment variables are those of this process.
    /// @param listen where zones are served that do not say it themselves
    CorefileVersion version(ListenAddress listen) {
        return CorefileVersion.read(name, text, HOST, listen);
    }

    /// What becomes of each of its lines.
    MigrationReport migration(ListenAddress listen) {
        return MigrationReport.of(name, text, HOST, listen);
    }

    /// What a file says whenever it is read, from the version on that was just read.
    static CorefileOrigin origin(Path file, CorefileVersion now, ListenAddress listen) {
        return new CorefileOrigin(now.sha512(), new CorefileFile(file, HOST, listen)::read);
    }

    private static Optional<String> environment(String variable) {
        return Optional.ofNullable(System.getenv(variable));
    }
}
