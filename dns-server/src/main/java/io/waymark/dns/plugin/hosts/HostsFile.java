package io.waymark.dns.plugin.hosts;

import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The names of a file as it was when it was last looked at. Looked at on one thread at a time; read
/// on any.
final class HostsFile {
    /// A larger one is no file of hosts.
    static final int OCTETS_MAX = 64 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(HostsFile.class);

    private final Path path;
    private final List<DomainName> zones;
    private final boolean reverse;
    private Stamp stamp = new Stamp(FileTime.fromMillis(0), -1);
    private String trouble = "";
    private volatile HostsTable table = HostsTable.EMPTY;
    private volatile double changedAt;

    /// What tells that a file has changed.
    private record Stamp(FileTime changed, long octets) {}

    HostsFile(Path path, List<DomainName> zones, boolean reverse) {
        this.path = path;
        this.zones = zones;
        this.reverse = reverse;
    }

    /// Reads it if it has changed. If it cannot be read the names stay, and it is said once.
    void look() {
        try {
            var attributes = Files.readAttributes(path, BasicFileAttributes.class);
            var now = new Stamp(attributes.lastModifiedTime(), attributes.size());
            if (now.equals(stamp)) {
                return;
            }
            if (attributes.isDirectory()) {
                say("it is a folder");
            } else if (attributes.size() > OCTETS_MAX) {
                say("it is larger than " + OCTETS_MAX + " octets");
            } else {
                table = new HostsTable(Files.readString(path, StandardCharsets.ISO_8859_1), zones, reverse);
                stamp = now;
                changedAt = now.changed().toMillis() / 1e3;
                trouble = "";
            }
        } catch (NoSuchFileException missing) {
            say("there is no such file");
        } catch (IOException refused) {
            say(String.valueOf(refused.getMessage()));
        }
    }

    private void say(String why) {
        if (!why.equals(trouble)) {
            trouble = why;
            LOG.warn(
                    "hosts: {} cannot be read: {}; the names that were read before stay, it is looked for again",
                    path,
                    why);
        }
    }

    HostsTable table() {
        return table;
    }

    /// When the file that was read last was changed, in seconds since 1970; 0 before the first.
    double changedAt() {
        return changedAt;
    }
}
