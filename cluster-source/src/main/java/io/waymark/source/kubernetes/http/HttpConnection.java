package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;

/// One connection to the API server (RFC 9112), which carries one request at a time. Confined to one
/// thread at a time; [ApiServer#close] ends it from any.
public final class HttpConnection implements AutoCloseable {
    private final ApiServer server;
    private final Socket raw;
    private final Socket socket;
    private final TimedInput timed;
    private final HttpInput input;

    /// `socket` speaks TLS over `raw`, or is the same.
    HttpConnection(ApiServer server, Socket raw, Socket socket) throws IOException {
        this.server = server;
        this.raw = raw;
        this.socket = socket;
        this.timed = new TimedInput(socket);
        this.input = new HttpInput(timed);
    }

    /// Sends a GET request.
    /// @param target   path and query, as they go on the wire
    /// @param accept   the media type wanted
    /// @param encoding the content encoding wanted: `gzip` or `identity`
    public void send(String target, String accept, String encoding) throws IOException {
        var token = server.credential().token();
        var request = "GET " + server.location().path() + target + " HTTP/1.1\r\nHost: "
                + server.location().authority() + "\r\nUser-Agent: waymark\r\nAccept: " + accept
                + "\r\nAccept-Encoding: " + encoding + "\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sends a request with a body.
    /// @param method `POST`, `PATCH`
    /// @param type   the media type of the body, and with JSON of the reply
    public void send(String method, String target, String type, byte[] body) throws IOException {
        var token = server.credential().token();
        var head = method + " " + server.location().path() + target + " HTTP/1.1\r\nHost: "
                + server.location().authority() + "\r\nUser-Agent: waymark\r\nAccept: application/json"
                + "\r\nContent-Type: " + type + "\r\nContent-Length: " + body.length + "\r\n"
                + (token.isEmpty() ? "" : "Authorization: Bearer " + token + "\r\n") + "\r\n";
        var octets = head.getBytes(StandardCharsets.ISO_8859_1);
        var whole = Arrays.copyOf(octets, octets.length + body.length);
        System.arraycopy(body, 0, whole, octets.length, body.length);
        socket.getOutputStream().write(whole);
    }

    /// Waits for the head of the reply to what was sent last.
    public HttpReply receive(Patience patience) throws IOException {
        timed.limit(patience.idle(), patience.total());
        return HttpReply.read(input);
    }

    /// Sets new limits to the reply that is being read.
    public void extend(Patience patience) {
        timed.limit(patience.idle(), patience.total());
    }

    /// Passes the end of a body whose content has been read.
    /// @return whether the connection can carry another request
    public boolean finish(HttpReply reply) throws IOException {
        reply.finish();
        return reply.leavesConnectionOpen();
    }

    /// Closes the socket under TLS: a farewell could wait for a peer that is gone.
    @Override
    public void close() {
        server.closeQuietly(raw);
    }

    /// Makes a dead peer known in about half a minute, where the watch itself may be silent longer.
    static void keepAlive(Socket raw, Duration idle) throws IOException {
        raw.setKeepAlive(true);
        raw.setTcpNoDelay(true);
        if (raw.supportedOptions().contains(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE)) {
            raw.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPIDLE, (int) idle.toSeconds());
            raw.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPINTERVAL, 5);
            raw.setOption(jdk.net.ExtendedSocketOptions.TCP_KEEPCOUNT, 3);
        }
    }
}
