package io.waymark.testzones.listening;

import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The zone `test.` over TLS and over HTTPS: the Corefile for it, and what it names.
final class ServedZone {
    /// The one block at two ports.
    static final String COREFILE = """
            tls://.:{$TLS} https://.:{$HTTPS} {
                bind 127.0.0.1
                ready 127.0.0.1:{$READY}
                tls {$CERTIFICATE} {$KEY}
                errors
                file {$ZONE} test
            }
            """;

    /// TXT records of `big.test.`, more than UDP could carry.
    private static final String BIG = IntStream.range(100, 200)
            .mapToObj(i -> "big TXT \"" + i + "x".repeat(97) + "\"\n")
            .collect(Collectors.joining());

    private static final String ZONE = """
            $ORIGIN test.
            $TTL 60
            @     SOA   ns hostmaster 1 7200 1800 86400 60
            @     NS    ns
            ns    A     192.0.2.53
            www   A     192.0.2.80
            alias CNAME www
            """ + BIG;

    private final Map<String, String> environment = new HashMap<>();

    ServedZone(Path folder, Path certificate, Path key) {
        for (var port : new String[] {"TLS", "HTTPS", "READY"}) {
            environment.put(port, Integer.toString(Program.freePort()));
        }
        environment.put("CERTIFICATE", certificate.toString());
        environment.put("KEY", key.toString());
        environment.put("ZONE", write(folder.resolve("test.zone")).toString());
    }

    private static Path write(Path file) {
        try {
            return Files.writeString(file, ZONE);
        } catch (IOException e) {
            throw new UncheckedIOException("no zone in " + file, e);
        }
    }

    Map<String, String> environment() {
        return environment;
    }

    int tls() {
        return Integer.parseInt(environment.get("TLS"));
    }

    int https() {
        return Integer.parseInt(environment.get("HTTPS"));
    }
}
