package io.waymark.records.cluster;

import java.util.List;

/// For whom an endpoint is meant (`hints` of an EndpointSlice's endpoint). Many endpoints have the
/// same: sources pass equal hints as one object.
/// @param zones names of zones; empty if it has no such hint
/// @param nodes names of nodes; empty if it has no such hint
public record Hints(List<String> zones, List<String> nodes) {
    /// Meant for everybody.
    public static final Hints NONE = new Hints(List.of(), List.of());

    /// Copies the lists.
    public Hints {
        zones = List.copyOf(zones);
        nodes = List.copyOf(nodes);
    }
}
