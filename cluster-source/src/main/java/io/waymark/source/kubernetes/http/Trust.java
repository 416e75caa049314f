package io.waymark.source.kubernetes.http;

/// Which servers are believed to be the API server.
public sealed interface Trust {
    /// Those whose certificate one of the JDK's own authorities signed.
    record PublicAuthorities() implements Trust {}

    /// Those whose certificate one of these authorities signed.
    record Authority(PemFile certificates) implements Trust {}

    /// Any at all (`insecure-skip-tls-verify`).
    record Anyone() implements Trust {}
}
