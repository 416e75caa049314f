package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// PEM text (RFC 7468), in a file that may be replaced while we run, or given in full.
public sealed interface PemFile {
    /// A file, read again for each new connection.
    record OnDisk(Path path) implements PemFile {
        @Override
        public byte[] read() throws IOException {
            return Files.readAllBytes(path);
        }

        @Override
        public String toString() {
            return path.toString();
        }
    }

    /// Text that stood in the configuration itself; `place` says where, for error texts.
    record Inline(String place, byte[] pem) implements PemFile {
        @Override
        public byte[] read() {
            return pem;
        }

        @Override
        public String toString() {
            return place;
        }
    }

    byte[] read() throws IOException;
}
