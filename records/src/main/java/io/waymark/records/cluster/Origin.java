package io.waymark.records.cluster;

/// Where we learned an object from: kept beside it, so that an answer can be explained later.
public sealed interface Origin {

    /// The Kubernetes API. `uid` in two halves; `resourceVersion` is a decimal of 64 bits, compared
    /// only for equality and, among objects of one API server, for age.
    record Api(long uidHigh, long uidLow, long resourceVersion) implements Origin {}

    /// A manifest on disk; `line` counts from 1 and is that of the object's first key.
    record Manifest(String file, int line) implements Origin {}

    /// Made up by a test or by us.
    record None() implements Origin {}

    /// The resourceVersion, or 0 for an object that has none.
    default long version() {
        return this instanceof Api(long high, long low, long resourceVersion) ? resourceVersion : 0;
    }
}
