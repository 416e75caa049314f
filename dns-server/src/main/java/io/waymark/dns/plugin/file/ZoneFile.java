package io.waymark.dns.plugin.file;

import io.waymark.records.dnsjava.MasterFile;
import io.waymark.records.masterfile.StaticZone;
import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One zone of a master file, as the file was when it was last good. Looked at on one thread at a
/// time; asked on any.
final class ZoneFile {
    private static final Logger LOG = LoggerFactory.getLogger(ZoneFile.class);

    private final Path path;
    private final DomainName origin;
    private final boolean byTime;
    private String trouble = "";
    private FileTime changed = FileTime.fromMillis(0);
    private volatile @Nullable StaticZone zone;
    private volatile Consumer<DomainName> changes = nobody -> {};

    /// @param byTime whether a newer file counts whatever its serial is
    ZoneFile(Path path, DomainName origin, boolean byTime) {
        this.path = path;
        this.origin = origin;
        this.byTime = byTime;
    }

    DomainName origin() {
        return origin;
    }

    /// Empty as long as the file was never good.
    Optional<StaticZone> zone() {
        return Optional.ofNullable(zone);
    }

    /// Has a listener told at each change from now on, and at once if there is a zone already. Once.
    void tellChanges(Consumer<DomainName> listener) {
        changes = listener;
        if (zone != null) {
            listener.accept(origin);
        }
    }

    /// Why it cannot be served as the file says now; empty if it can.
    String trouble() {
        return trouble;
    }

    /// Takes over what the file says, if its serial is another one: secondaries and operators go by it.
    /// What is wrong with the file is logged once, and the zone stays as it is.
    void look() {
        var before = trouble;
        trouble = read();
        if (!trouble.isEmpty() && !trouble.equals(before)) {
            LOG.error(
                    "file: zone {}: {}; {}", origin, trouble, zone == null ? "it gets SERVFAIL" : "it stays as it was");
        }
    }

    private String read() {
        try {
            var now = Files.getLastModifiedTime(path);
            if (byTime && zone != null && now.compareTo(changed) <= 0) {
                return trouble;
            }
            changed = now;
            var text = IncludedText.read(path, origin.toString());
            return switch (MasterFile.read(text.text(), origin)) {
                case MasterFile.Read.Records(var records) ->
                    switch (StaticZone.of(origin, records)) {
                        case StaticZone.Made.Zone(var made) -> take(made);
                        case StaticZone.Made.Unfit(var why) -> path + ": " + why;
                    };
                case MasterFile.Read.Unreadable(int line, var why) -> text.place(line) + ": " + why;
            };
        } catch (IOException refused) {
            return refused instanceof IncludedText.UnreadableException
                    ? String.valueOf(refused.getMessage())
                    : "there is no file " + path;
        }
    }

    private String take(StaticZone made) {
        var present = zone;
        if (present == null || byTime || present.serial() != made.serial()) {
            zone = made;
            LOG.info(
                    "file: zone {} of {} is served with serial {}",
                    origin,
                    path,
                    Integer.toUnsignedString(made.serial()));
            changes.accept(origin);
        }
        return "";
    }
}
