package io.waymark.dns.plugin;

import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Observer;

/// A stage of a plugin that is told of answers and changes none.
public interface ObservingStage extends Stage {

    /// Makes the observer; see [AnsweringStage#start].
    Observer start(Surroundings around);

    /// Whether it is told of failures only.
    boolean failuresOnly();
}
