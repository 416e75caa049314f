package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.ProtoInput;
import java.io.IOException;
import java.io.InputStream;

/// Reads a list (`ServiceList` and its kin), object by object while it arrives: of a list of
/// 100,000 endpoints never more than one slice is in memory twice.
public final class ListReader {
    private static final int WINDOW_OCTETS = 64 << 10;
    private static final int LIST_METADATA = ProtoCursor.delimited(1);
    private static final int ITEMS = ProtoCursor.delimited(2);
    private static final int RESOURCE_VERSION = ProtoCursor.delimited(2);
    private static final int CONTINUE = ProtoCursor.delimited(3);
    private static final int DELIMITED = 2;

    private final ProtoCursor cursor = new ProtoCursor();
    private final ObjectDecoder decoder;

    public ListReader(ObjectDecoder decoder) {
        this.decoder = decoder;
    }

    /// What is done with each object; may wait.
    @FunctionalInterface
    public interface Sink {
        void accept(ClusterDelta delta) throws InterruptedException;
    }

    /// Reads `body` to the end of the list. Objects have been given to `sink` even if it throws.
    /// @return the list's resourceVersion, greater than 0
    /// @throws MalformedProtobuf if the body is anything but one whole list
    /// @throws java.io.EOFException if it ends too early
    public long read(InputStream body, Sink sink) throws IOException, InterruptedException {
        decoder.metadata().readTimes(false);
        var input = new ProtoInput(body, WINDOW_OCTETS);
        if (!input.startsWith(Envelope.MAGIC)) {
            throw new MalformedProtobuf("expected a protobuf list (k8s\\0), found: " + input.excerpt());
        }
        input.int32();
        long version = 0;
        while (!input.atEnd()) {
            long tag = input.varint();
            if ((tag & 7) != DELIMITED) {
                throw new MalformedProtobuf("malformed protobuf: field " + tag + " of the list's envelope");
            }
            long length = input.varint();
            if (tag == Envelope.RAW) {
                version = readList(input, input.position() + length, sink);
            } else {
                input.skip(length);
            }
        }
        if (version == 0) {
            throw new MalformedProtobuf("a list without a resourceVersion");
        }
        return version;
    }

    private long readList(ProtoInput input, long end, Sink sink) throws IOException, InterruptedException {
        long version = 0;
        while (input.position() < end) {
            long tag = input.varint();
            if ((tag & 7) != DELIMITED) {
                throw new MalformedProtobuf("malformed protobuf: field " + tag + " of a list");
            }
            input.message(input.varint(), cursor);
            if (tag == LIST_METADATA) {
                version = readMetadata();
            } else if (tag == ITEMS) {
                sink.accept(decoder.decode(cursor));
            }
        }
        if (input.position() != end) {
            throw new MalformedProtobuf("malformed protobuf: an object leaves the list");
        }
        return version;
    }

    private long readMetadata() throws MalformedProtobuf {
        long version = 0;
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == RESOURCE_VERSION) {
                version = Metadata.version(cursor);
            } else if (tag == CONTINUE && cursor.length() > 0) {
                throw cursor.malformed("the list is a part of one, though no limit was asked for");
            } else if (tag != CONTINUE) {
                cursor.skip();
            }
        }
        return version;
    }
}
