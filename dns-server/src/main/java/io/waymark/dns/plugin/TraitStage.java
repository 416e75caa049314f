package io.waymark.dns.plugin;

import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.ServerBlock.Traits;

/// A stage that says something about all queries of its block, whatever else it is.
public interface TraitStage extends Stage {

    /// The traits with what this stage says.
    Traits on(Traits traits);
}
