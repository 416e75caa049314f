package io.waymark.dns.plugin.forward;

import io.waymark.dns.plugin.forward.upstream.Upstream.Route;
import io.waymark.records.message.Query;

/// A question that was put to an upstream, for clients' sake.
/// @param reply what came of it, with an ID of no meaning, not to be modified; empty if nothing did
/// @param nanos from the question to the reply, or to the end of patience
public record Attempt(Query query, Route route, byte[] reply, long nanos) {}
