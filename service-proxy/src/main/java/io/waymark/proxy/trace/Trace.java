package io.waymark.proxy.trace;

import java.util.List;

/// What becomes of a packet, and by which decisions.
public record Trace(Packet packet, Verdict verdict, List<Step> steps) {
    /// Copies the list.
    public Trace {
        steps = List.copyOf(steps);
    }
}
