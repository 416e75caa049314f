package io.waymark.source;

/// Told what a source does, for whoever counts and measures. Called on the source's threads, which
/// wait for it.
@FunctionalInterface
public interface SourceObserver {
    SourceObserver NONE = event -> {};

    void saw(SourceEvent event);
}
