package io.waymark.testzones.listening;

import io.waymark.testzones.peer.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/// A folder as the kubelet mounts a Secret of type kubernetes.io/tls: `tls.crt` and `tls.key` lead through the
/// link `..data` to a folder of one version, and one renaming of that link changes both.
final class Secret {
    private final Path folder;
    private int version;

    Secret(Path folder, Identity first) {
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            replace(first.certificate(), first.key());
            Files.createSymbolicLink(certificate(), Path.of("..data/tls.crt"));
            Files.createSymbolicLink(key(), Path.of("..data/tls.key"));
        } catch (IOException e) {
            throw new UncheckedIOException("no Secret in " + folder, e);
        }
    }

    Path certificate() {
        return folder.resolve("tls.crt");
    }

    Path key() {
        return folder.resolve("tls.key");
    }

    /// Puts other files in the place of those that are there.
    void replace(Path certificate, Path key) {
        try {
            version++;
            var next = Files.createDirectory(folder.resolve("..version_" + version));
            Files.copy(certificate, next.resolve("tls.crt"));
            Files.copy(key, next.resolve("tls.key"));
            var link = Files.createSymbolicLink(folder.resolve("..data_tmp"), next.getFileName());
            Files.move(link, folder.resolve("..data"), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the Secret in " + folder + " stays as it is", e);
        }
    }
}
