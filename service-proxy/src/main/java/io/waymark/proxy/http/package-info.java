/// # http: pages for machines, as Go's server writes them
///
/// **Lives here:** [HttpListener], one address that answers; [HttpExchange], one request as far as it is
/// looked at; [HttpReply], what is said to it. **Read first:** [HttpListener]. **May use:** sockets,
/// virtual threads. **May not:** know what the pages are about. **Invariant:** header names, their
/// order and their octets are those that clients of kube-proxy know; any octets of a client cost a
/// bounded time and space.
@NullMarked
package io.waymark.proxy.http;

import org.jspecify.annotations.NullMarked;
