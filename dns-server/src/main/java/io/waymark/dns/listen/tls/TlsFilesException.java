package io.waymark.dns.listen.tls;

import java.io.IOException;
import java.nio.file.NoSuchFileException;

/// Files that TLS cannot be spoken with. The message says which, why, and what is expected.
public final class TlsFilesException extends RuntimeException {
    private static final long serialVersionUID = 1;

    TlsFilesException(String file, IOException cause) {
        super(
                "tls: " + file + " cannot be read: "
                        + (cause instanceof NoSuchFileException ? "there is no such file" : cause.getMessage())
                        + "; expected a file in PEM that this process may read",
                cause);
    }

    TlsFilesException(TlsFiles files, Exception cause) {
        super(
                "tls: " + files + " cannot be used: " + cause.getMessage()
                        + "; expected a certificate and its unencrypted private key in PEM",
                cause);
    }
}
