package io.waymark.testzones.bench;

/// What a figure of Waymark is to be.
public sealed interface Goal {
    /// No goal: the figure is there to be seen.
    Goal NONE = new None();

    /// Of the ratio of Waymark's figure to the peer's.
    static Goal atLeast(double ratio) {
        return new AtLeast(ratio);
    }

    /// Of the same ratio.
    static Goal atMost(double ratio) {
        return new AtMost(ratio);
    }

    /// Of Waymark's figure itself: it says little on another machine, and less on a busy one.
    static Goal within(double value) {
        return new Within(value);
    }

    record AtLeast(double ratio) implements Goal {}

    record AtMost(double ratio) implements Goal {}

    record Within(double value) implements Goal {}

    record None() implements Goal {}

    /// The goal, and whether it is reached.
    /// @param ratio of Waymark's figure to the peer's
    default String verdict(double ratio, double ours) {
        return switch (this) {
            case AtLeast(double goal) -> "at least " + goal + " x" + (ratio >= goal ? ": reached" : ": MISSED");
            case AtMost(double goal) -> "at most " + goal + " x" + (ratio <= goal ? ": reached" : ": MISSED");
            case Within(double goal) -> "at most " + goal + (ours <= goal ? ": reached" : ": MISSED");
            case None() -> "";
        };
    }
}
