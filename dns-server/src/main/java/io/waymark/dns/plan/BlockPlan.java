package io.waymark.dns.plan;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.stage.Stage;
import java.util.List;
import java.util.Optional;

/// One server block, compiled. All its zones, at whatever address, share one set of stages.
/// @param number 1 for the first block of the Corefile; blocks are told apart by it
/// @param at     where its first zone stands
/// @param keys   its zones, at least one; a CIDR prefix stands here as its reverse zones
/// @param stages in the order in which they act
public record BlockPlan(int number, Position at, List<ZoneKey> keys, List<Stage> stages) {

    /// Copies the lists.
    public BlockPlan {
        keys = List.copyOf(keys);
        stages = List.copyOf(stages);
        if (keys.isEmpty()) {
            throw new IllegalArgumentException("a server block has at least one zone");
        }
    }

    /// The first stage of a kind.
    public <S extends Stage> Optional<S> stage(Class<S> kind) {
        return stages.stream().filter(kind::isInstance).map(kind::cast).findFirst();
    }
}
