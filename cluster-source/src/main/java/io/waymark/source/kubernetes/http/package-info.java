/// # http: as much HTTP/1.1 and TLS as a list and a watch need
///
/// **Lives here:** [ApiServer], which opens connections; [HttpConnection], one of them, a request at
/// a time; [HttpReply] and its body; [Trust], [Identity] and [Credential], who is trusted and who we
/// are; [TlsContext], built anew when their files change.
/// **Read first:** [ApiServer#open], then [HttpConnection#get]. **May use:** sockets and the JDK's
/// TLS. **May not:** know what a body means.
/// **Invariant:** no read waits for ever: each has an idle limit and a deadline, and
/// [ApiServer#close] ends them all at once.
///
/// Plain sockets, not java.net.http: a list and a watch are all that is asked for, and this way the
/// first answer comes earliest and memory stays lowest.
@NullMarked
package io.waymark.source.kubernetes.http;

import org.jspecify.annotations.NullMarked;
