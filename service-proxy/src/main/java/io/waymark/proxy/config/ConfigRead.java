package io.waymark.proxy.config;

import io.waymark.source.document.DocumentProblem;
import java.util.List;

/// What the text of a configuration turned out to be.
public sealed interface ConfigRead {

    /// @param warnings what is not known or changes nothing, each with its place
    record Sound(ProxyConfig config, List<DocumentProblem> warnings) implements ConfigRead {}

    /// @param problems all of them, at least one, in the order of the text
    record Failed(List<DocumentProblem> problems) implements ConfigRead {}
}
