package io.waymark.source.kubernetes.protobuf;

import java.io.IOException;

/// The API server, or something between it and us, sent octets that are not what was asked for.
/// The stream has no next message to go on with and must be given up.
public final class MalformedProtobuf extends IOException {
    private static final long serialVersionUID = 1;

    MalformedProtobuf(String message) {
        super(message);
    }
}
