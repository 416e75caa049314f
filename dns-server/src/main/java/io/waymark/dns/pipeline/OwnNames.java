package io.waymark.dns.pipeline;

import io.waymark.records.message.Question;

/// A plugin that answers for some names out of memory and asks no plugin behind it about them: what it
/// says of them is never worth keeping, and nobody need look for it in a cache.
public interface OwnNames {

    /// Whether it answers this question whatever it is; false if in doubt.
    boolean owns(Question question);
}
