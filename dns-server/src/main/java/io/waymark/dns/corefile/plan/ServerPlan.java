package io.waymark.dns.corefile.plan;

import io.waymark.dns.corefile.Warning;
import java.util.List;

/// A Corefile compiled: where to listen, what to serve there, and by which stages.
/// @param blocks    in the order of the Corefile
/// @param listeners one per transport and address, in their order; each zone's block is one of `blocks`
/// @param warnings  in the order of their positions
public record ServerPlan(List<BlockPlan> blocks, List<ListenerPlan> listeners, List<Warning> warnings) {

    /// Copies the lists.
    public ServerPlan {
        blocks = List.copyOf(blocks);
        listeners = List.copyOf(listeners);
        warnings = List.copyOf(warnings);
    }
}
