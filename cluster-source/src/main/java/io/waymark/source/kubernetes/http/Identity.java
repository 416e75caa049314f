package io.waymark.source.kubernetes.http;

/// Who we are, for TLS.
public sealed interface Identity {
    /// Nobody; a [Credential] may say it in the request.
    record Anonymous() implements Identity {}

    /// The holder of a client certificate and its key.
    record Certificate(PemFile certificate, PemFile key) implements Identity {}
}
