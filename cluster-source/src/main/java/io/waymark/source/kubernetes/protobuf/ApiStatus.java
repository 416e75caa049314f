package io.waymark.source.kubernetes.protobuf;

import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import java.nio.charset.StandardCharsets;

/// Why the API server refuses (meta/v1 Status): the body of a failed request, or an ERROR event.
/// @param code   the HTTP status it stands for; 0 if it has none
/// @param reason the one-word reason, such as `Expired` or `Forbidden`; empty if it has none
public record ApiStatus(int code, String reason, String message) {
    private static final int MESSAGE = ProtoCursor.delimited(3);
    private static final int REASON = ProtoCursor.delimited(4);
    private static final int CODE = ProtoCursor.number(6);

    /// Reads the body of a refusal: a Status with its envelope, or, from something in between that
    /// is no API server, any text.
    /// @param httpStatus the code, if the body has none
    public static ApiStatus ofBody(byte[] body, int httpStatus) {
        try {
            var cursor = new ProtoCursor();
            Envelope.open(body, 0, body.length, cursor);
            var status = read(cursor);
            return status.code == 0 ? new ApiStatus(httpStatus, status.reason, status.message) : status;
        } catch (MalformedProtobuf noStatus) {
            var text = new String(body, 0, Math.min(body.length, 200), StandardCharsets.ISO_8859_1);
            return new ApiStatus(httpStatus, "", UnfitObjects.printable(text.strip()));
        }
    }

    /// Reads the Status that fills the cursor.
    static ApiStatus read(ProtoCursor cursor) throws MalformedProtobuf {
        int code = 0;
        var reason = "";
        var message = "";
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == MESSAGE) {
                message = UnfitObjects.printable(cursor.text());
            } else if (tag == REASON) {
                reason = UnfitObjects.printable(cursor.text());
            } else if (tag == CODE) {
                code = (int) cursor.varint();
            } else {
                cursor.skip();
            }
        }
        return new ApiStatus(code, reason, message);
    }

    /// Whether the version asked for is no longer, or not yet, to be had: only a new list helps.
    public boolean isExpired() {
        return code == 410 || reason.equals("Expired") || reason.equals("Gone");
    }

    @Override
    public String toString() {
        var head = (code == 0 ? "" : code + " ") + reason;
        return message.isEmpty() ? head : head.strip() + ": " + message;
    }
}
