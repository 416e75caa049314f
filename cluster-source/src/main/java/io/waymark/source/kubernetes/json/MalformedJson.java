package io.waymark.source.kubernetes.json;

import java.io.IOException;

/// The API server, or something between it and us, sent text that is not what was asked for.
public final class MalformedJson extends IOException {
    private static final long serialVersionUID = 1;

    MalformedJson(String message) {
        super("malformed JSON: " + message);
    }
}
