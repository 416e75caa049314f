package io.waymark.source.directory;

import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// By what a changed file is known without reading it.
/// @param form what stands at the path
/// @param size in octets
/// @param file which file it is, whatever its name: another one after a rename or a turned link
record FileStamp(Form form, long size, Instant modified, String file) {
    /// File systems keep times as coarsely as this. Twice written within it may look like once.
    private static final Duration COARSE = Duration.ofSeconds(2);

    /// What can stand at a path.
    enum Form {
        FILE,
        LINK_TO_NOTHING,
        /// A pipe, a device, a socket: reading it might never end.
        OTHER
    }

    static FileStamp of(BasicFileAttributes attributes) {
        var form = attributes.isRegularFile()
                ? Form.FILE
                : attributes.isSymbolicLink() ? Form.LINK_TO_NOTHING : Form.OTHER;
        return new FileStamp(
                form,
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                Objects.toString(attributes.fileKey()));
    }

    /// Whether a later change would certainly show in the stamp.
    boolean isTelling(Instant now) {
        return Duration.between(modified, now).abs().compareTo(COARSE) > 0;
    }
}
