package io.waymark.dns.pipeline;

/// Told what a server block answered. Called where the answer is made, so it must not block.
@FunctionalInterface
public interface Observer {
    void answered(Answered answered);
}
