package io.waymark.testzones.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// A self-made certificate for `dns.test` and 127.0.0.1, which is its own authority, and its key.
public record Identity(Path certificate, Path key) {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /// Has `openssl` make one.
    /// @param name of its files
    public static Identity in(Path folder, String name) {
        var identity = new Identity(folder.resolve(name + ".pem"), folder.resolve(name + ".key"));
        Program.output(
                LIMIT,
                List.of(
                        Peers.require("openssl").toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=dns.test",
                        "-addext",
                        "subjectAltName=DNS:dns.test,IP:127.0.0.1",
                        "-keyout",
                        identity.key.toString(),
                        "-out",
                        identity.certificate.toString()));
        return identity;
    }
}
