package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.upstream.Upstream;
import io.waymark.dns.plugin.forward.upstream.UpstreamMetrics;

/// An upstream of a `forward` line.
/// @param written the word of the line that led to it: its address, or a file's path
public record Destination(Upstream upstream, String written, UpstreamMetrics metrics) {}
