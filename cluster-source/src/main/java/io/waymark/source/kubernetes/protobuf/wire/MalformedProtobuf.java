package io.waymark.source.kubernetes.protobuf.wire;

import java.io.IOException;

/// The API server, or something between it and us, sent octets that are not what was asked for.
/// The stream has no next message to go on with and must be given up.
public final class MalformedProtobuf extends IOException {
    private static final long serialVersionUID = 1;

    public MalformedProtobuf(String message) {
        super(message);
    }
}
