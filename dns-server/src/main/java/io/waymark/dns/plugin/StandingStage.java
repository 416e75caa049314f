package io.waymark.dns.plugin;

import io.waymark.dns.corefile.stage.Stage;

/// A stage of a plugin that never meets a query: it works beside them, by a page or a timer.
public interface StandingStage extends Stage {

    /// Begins to work; see [AnsweringStage#start].
    void start(Surroundings around);
}
