package io.waymark.source.kubernetes.protobuf;

import java.io.IOException;

/// Reads a watch, event by event.
public interface EventReader {

    /// Whether [#next] has a whole event at hand and will not wait.
    boolean hasNextAtHand();

    /// Waits for the next event.
    /// @throws java.io.EOFException if the stream is cut within it
    WatchEvent next() throws IOException;
}
