package io.waymark.proxy.events;

/// Told of what is worth telling. Any thread may call it; it never waits and never fails.
@FunctionalInterface
public interface EventRecorder extends AutoCloseable {
    /// Where there is no API server to tell.
    EventRecorder NONE = event -> {};

    void record(ProxyEvent event);

    /// How many could not be told.
    default long dropped() {
        return 0;
    }

    @Override
    default void close() {}
}
