package io.waymark.dns.pipeline;

/// One query and what became of it.
/// @param exchange    as it came, before any plugin
/// @param served      the zone that it was answered for
/// @param queryOctets how long the query was
/// @param reply       the message that was sent; not to be modified; empty if nothing was
/// @param reason      why there is no better answer; empty if there is nothing to complain of
/// @param nanos       from the last octet of the query to the reply
public record Answered(
        Exchange exchange, QueryPipeline.Served served, int queryOctets, byte[] reply, String reason, long nanos) {}
