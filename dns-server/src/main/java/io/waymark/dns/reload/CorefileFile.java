package io.waymark.dns.reload;

import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.Problem;
import io.waymark.dns.corefile.file.FileImports;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.plan.CorefileVersion;
import io.waymark.dns.plan.PlanRead;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// A Corefile in the file system, which may say something else each time it is read.
/// @param unbound see [io.waymark.dns.plan.ServerPlan#read]
public record CorefileFile(Path path, Host host, ListenAddress unbound) {

    /// What a file holds.
    public sealed interface Content {
        /// All of it, as UTF-8.
        record Text(String text) implements Content {}

        /// Nothing that can be had.
        /// @param why one clause: `there is no such file`
        record Unreadable(String why) implements Content {}
    }

    /// Reads and compiles it as it is now, imports included.
    public CorefileVersion read() {
        return switch (content(path)) {
            case Content.Text(var text) -> CorefileVersion.read(path.toString(), text, host, unbound);
            case Content.Unreadable(var why) ->
                CorefileVersion.unreadable(new PlanRead.Failed(
                        List.of(new Problem(
                                path.toString(), 1, 1, "the Corefile cannot be read: " + why + "; put it back")),
                        List.of()));
        };
    }

    /// Reads a file of at most [FileImports#FILE_OCTETS_MAX] octets.
    public static Content content(Path file) {
        byte[] octets;
        try (var in = Files.newInputStream(file)) {
            octets = in.readNBytes(FileImports.FILE_OCTETS_MAX + 1);
        } catch (NoSuchFileException missing) {
            return new Content.Unreadable("there is no such file");
        } catch (IOException refused) {
            return new Content.Unreadable(
                    Files.isDirectory(file) ? "it is a folder" : String.valueOf(refused.getMessage()));
        }
        return octets.length > FileImports.FILE_OCTETS_MAX
                ? new Content.Unreadable("it is larger than " + FileImports.FILE_OCTETS_MAX + " octets")
                : new Content.Text(new String(octets, StandardCharsets.UTF_8));
    }
}
