package io.waymark.source.kubernetes.protobuf;

import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.ProtoInput;
import java.io.IOException;
import java.io.InputStream;

/// Reads a watch: frames of four octets of length and a WatchEvent, whose object has the envelope.
public final class WatchReader implements EventReader {
    private static final int WINDOW_OCTETS = 16 << 10;
    private static final int TYPE = ProtoCursor.delimited(1);
    private static final int OBJECT = ProtoCursor.delimited(2);
    private static final int OBJECT_RAW = ProtoCursor.delimited(1);

    private final ProtoCursor cursor = new ProtoCursor();
    private final ProtoInput input;
    private final ObjectDecoder decoder;
    private int objectFrom;
    private int objectTo;

    public WatchReader(InputStream body, ObjectDecoder decoder) {
        this.input = new ProtoInput(body, WINDOW_OCTETS);
        this.decoder = decoder;
        decoder.metadata().readTimes(true);
    }

    @Override
    public boolean hasNextAtHand() {
        if (input.buffered() < 4) {
            return false;
        }
        int length = input.peekInt32();
        return length >= 0 && length <= input.buffered() - 4;
    }

    /// Waits for the next frame.
    /// @throws MalformedProtobuf    if it is none
    /// @throws java.io.EOFException if the stream is cut within it
    @Override
    public WatchEvent next() throws IOException {
        if (input.atEnd()) {
            return new WatchEvent.Ended();
        }
        input.message(input.int32() & 0xffffffffL, cursor);
        var type = "";
        objectFrom = cursor.position();
        objectTo = objectFrom;
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == TYPE) {
                type = cursor.text();
            } else if (tag == OBJECT) {
                findObject();
            } else {
                cursor.skip();
            }
        }
        Envelope.open(cursor.octets(), objectFrom, objectTo, cursor);
        return event(type);
    }

    private void findObject() throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == OBJECT_RAW) {
                int length = cursor.length();
                objectFrom = cursor.position();
                objectTo = objectFrom + length;
                cursor.rewind(objectTo);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private WatchEvent event(String type) throws MalformedProtobuf {
        return switch (type) {
            case "ADDED", "MODIFIED" -> {
                var delta = decoder.decode(cursor);
                yield new WatchEvent.Changed(
                        delta, version(), decoder.metadata().changeTime());
            }
            case "DELETED" -> {
                decoder.readMetadata(cursor);
                var removal = decoder.removal(decoder.metadata().name());
                yield new WatchEvent.Changed(removal, version());
            }
            case "BOOKMARK" -> {
                decoder.readMetadata(cursor);
                yield new WatchEvent.Bookmark(version());
            }
            case "ERROR" -> new WatchEvent.Failed(ApiStatus.read(cursor));
            default -> throw cursor.malformed("a watch event of type " + UnfitObjects.quoted(type));
        };
    }

    private long version() throws MalformedProtobuf {
        long version = decoder.metadata().version();
        if (version == 0) {
            throw cursor.malformed("a watch event without a resourceVersion");
        }
        return version;
    }
}
