package io.waymark.source.kubernetes;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import javax.net.ssl.SSLException;

/// What a failure to read from the API server says to people: the JDK's own texts are at times no
/// more than a name.
final class FailureText {
    private FailureText() {}

    static String of(IOException failure) {
        return switch (failure) {
            case UnknownHostException unknown -> "the host " + unknown.getMessage() + " has no address";
            case NoSuchFileException missing -> missing.getMessage() + ": no such file";
            case AccessDeniedException denied -> denied.getMessage() + ": no permission to read it";
            case SSLException tls ->
                "TLS: " + tls.getMessage() + " (is the CA that of this cluster, and the host in its certificate?)";
            default -> failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
        };
    }
}
