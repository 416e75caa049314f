package io.waymark.dns.plugin;

import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Plugin;

/// A stage of a plugin that has a part in answering queries.
public interface AnsweringStage extends Stage {

    /// Makes the plugin. The plugins behind it in its block are started already. What it opens it
    /// hands to [Surroundings#begin]; what goes wrong for good it throws, with a message for people.
    Plugin start(Surroundings around);
}
