package io.waymark.source.kubernetes;

import io.waymark.source.kubernetes.json.ImportDecoder;
import io.waymark.source.kubernetes.json.JsonListReader;
import io.waymark.source.kubernetes.json.JsonWatchReader;
import io.waymark.source.kubernetes.protobuf.EventReader;
import io.waymark.source.kubernetes.protobuf.ListReader;
import io.waymark.source.kubernetes.protobuf.ObjectDecoder;
import io.waymark.source.kubernetes.protobuf.WatchReader;
import java.io.IOException;
import java.io.InputStream;

/// How the objects of one kind come over the wire: custom resources only as JSON.
sealed interface ObjectForm {

    /// The media type of a list.
    String listType();

    /// The media type of a watch.
    String watchType();

    /// As [ListReader#read].
    long readList(InputStream body, ListReader.Sink sink) throws IOException, InterruptedException;

    EventReader events(InputStream body);

    /// The kinds that the API server has built in.
    record Protobuf(ObjectDecoder decoder) implements ObjectForm {
        private static final String TYPE = "application/vnd.kubernetes.protobuf";

        @Override
        public String listType() {
            return TYPE;
        }

        @Override
        public String watchType() {
            return TYPE + ";stream=watch";
        }

        @Override
        public long readList(InputStream body, ListReader.Sink sink) throws IOException, InterruptedException {
            return new ListReader(decoder).read(body, sink);
        }

        @Override
        public EventReader events(InputStream body) {
            return new WatchReader(body, decoder);
        }
    }

    /// Custom resources.
    record Json(ImportDecoder decoder) implements ObjectForm {
        private static final String TYPE = "application/json";

        @Override
        public String listType() {
            return TYPE;
        }

        @Override
        public String watchType() {
            return TYPE;
        }

        @Override
        public long readList(InputStream body, ListReader.Sink sink) throws IOException, InterruptedException {
            return new JsonListReader(decoder).read(body, sink);
        }

        @Override
        public EventReader events(InputStream body) {
            return new JsonWatchReader(body, decoder);
        }
    }
}
