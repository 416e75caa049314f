package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// Who we are, for each request (RFC 6750 §2.1).
public sealed interface Credential {

    /// Nobody; a client certificate may say it.
    record None() implements Credential {
        @Override
        public String token() {
            return "";
        }
    }

    /// A token that stays.
    record Fixed(String token) implements Credential {
        @Override
        public String toString() {
            return "Fixed[a token]";
        }
    }

    /// A token that the kubelet, or someone else, renews. Read for each request: there are a few an
    /// hour, and a new token works at once.
    record InFile(Path path) implements Credential {
        @Override
        public String token() throws IOException {
            return Files.readString(path, StandardCharsets.ISO_8859_1).strip();
        }
    }

    /// A token that costs something to get: a plugin's.
    record Renewed(TokenPlugin plugin) implements Credential {
        @Override
        public String token() throws IOException {
            return plugin.token();
        }

        @Override
        public void refused() {
            plugin.forget();
        }
    }

    /// The bearer token for a request that is sent now; empty if there is none. May read a file or
    /// run a program.
    String token() throws IOException;

    /// The server answered 401: what is remembered of an old token is forgotten.
    default void refused() {}
}
