package io.waymark.proxy.http;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.StandardProtocolFamily;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers HTTP/1.1 (RFC 9112) at one address, out of memory: each connection has a virtual thread.
/// Lifecycle: [#bind], answering, [#close], which ends its connections too. The socket is of the address'
/// family; one bound to `::` answers IPv4 as well.
public final class HttpListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final int BACKLOG = 128;
    private static final int CONNECTIONS_MAX = 256;
    private static final int HEAD_OCTETS_MAX = 16 << 10;
    private static final int IDLE_MILLIS = 60_000;
    private static final Duration CLOSED = Duration.ofSeconds(2);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);

    private final ServerSocketChannel channel;
    private final Function<HttpExchange, HttpReply> pages;
    private final Clock clock = Clock.system(ZoneOffset.UTC);
    private final Semaphore free = new Semaphore(CONNECTIONS_MAX);
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    private final Thread accepting = Thread.ofVirtual().name("http-accept").unstarted(this::accept);

    private HttpListener(ServerSocketChannel channel, Function<HttpExchange, HttpReply> pages) {
        this.channel = channel;
        this.pages = pages;
    }

    /// @param pages what is said to each request; called on many threads
    /// @throws IOException if the address is not to be had
    public static HttpListener bind(InetSocketAddress address, Function<HttpExchange, HttpReply> pages)
            throws IOException {
        boolean four = address.getAddress() != null && address.getAddress().getAddress().length == 4;
        var channel = ServerSocketChannel.open(four ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.bind(address, BACKLOG);
        } catch (IOException | RuntimeException refused) {
            channel.close();
            throw refused;
        }
        var listener = new HttpListener(channel, pages);
        listener.accepting.start();
        return listener;
    }

    /// Where it listens.
    public InetSocketAddress address() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    private void accept() {
        try {
            while (channel.isOpen()) {
                free.acquire();
                var socket = channel.accept().socket();
                open.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException closed) {
            LOG.debug("A listener has ended: {}", closed.toString());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setSoTimeout(IDLE_MILLIS);
            socket.setTcpNoDelay(true);
            var input = new BufferedInputStream(socket.getInputStream());
            while (answer(socket, input)) {}
        } catch (IOException gone) {
            LOG.trace("A client has gone: {}", gone.toString());
        } finally {
            open.remove(socket);
            free.release();
        }
    }

    /// @return whether another request may follow
    private boolean answer(Socket socket, InputStream input) throws IOException {
        var head = head(input);
        var lines = head.split("\r?\n");
        var words = lines[0].split(" ");
        if (words.length != 3 || !words[2].startsWith("HTTP/1.")) {
            if (!head.isEmpty()) {
                write(socket, HttpReply.of(400, "text/plain; charset=utf-8", "400 Bad Request"), "GET", true);
            }
            return false;
        }
        var fields = fields(lines);
        var connection = fields.getOrDefault("connection", "").toLowerCase(Locale.ROOT);
        // A body is of no use here; it ends the connection, so that it need not be read.
        boolean last = words[2].equals("HTTP/1.0") && !connection.equals("keep-alive")
                || connection.equals("close")
                || fields.containsKey("transfer-encoding")
                || !fields.getOrDefault("content-length", "0").equals("0");
        write(socket, reply(words, fields, socket.getLocalAddress()), words[0], last);
        return !last;
    }

    private HttpReply reply(String[] words, Map<String, String> fields, InetAddress local) {
        int query = words[1].indexOf('?');
        var path = query < 0 ? words[1] : words[1].substring(0, query);
        try {
            return pages.apply(new HttpExchange(words[0], path, fields.getOrDefault("accept", ""), local));
        } catch (RuntimeException defect) {
            LOG.error("A defect while {} was answered", path, defect);
            return HttpReply.of(500, "text/plain; charset=utf-8", "internal error\n");
        }
    }

    /// The octets up to the empty line; empty if the client has gone.
    private static String head(InputStream input) throws IOException {
        var head = new StringBuilder();
        while (head.length() < HEAD_OCTETS_MAX) {
            int octet = input.read();
            if (octet < 0) {
                return "";
            }
            head.append((char) octet);
            if (octet == '\n' && (endsWith(head, "\r\n\r\n") || endsWith(head, "\n\n"))) {
                return head.toString();
            }
        }
        throw new IOException("a head of more than " + HEAD_OCTETS_MAX + " octets");
    }

    private static boolean endsWith(StringBuilder text, String end) {
        int from = text.length() - end.length();
        return from >= 0 && text.indexOf(end, from) >= 0;
    }

    private static Map<String, String> fields(String[] lines) {
        var fields = new HashMap<String, String>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                var name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
                fields.put(name, lines[i].substring(colon + 1).strip());
            }
        }
        return fields;
    }

    private void write(Socket socket, HttpReply reply, String method, boolean last) throws IOException {
        var body = reply.body().getBytes(StandardCharsets.UTF_8);
        var head = new StringBuilder("HTTP/1.1 ")
                .append(reply.status())
                .append(' ')
                .append(phrase(reply.status()));
        reply.headers()
                .forEach(header ->
                        head.append("\r\n").append(header.name()).append(": ").append(header.value()));
        head.append("\r\nDate: ").append(DATE.format(ZonedDateTime.now(clock)));
        head.append("\r\nContent-Length: ").append(body.length);
        head.append(last ? "\r\nConnection: close\r\n\r\n" : "\r\n\r\n");
        var octets = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        boolean headOnly = method.equals("HEAD");
        var whole = new byte[octets.length + (headOnly ? 0 : body.length)];
        System.arraycopy(octets, 0, whole, 0, octets.length);
        System.arraycopy(body, 0, whole, octets.length, whole.length - octets.length);
        socket.getOutputStream().write(whole);
    }

    private static String phrase(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 406 -> "Not Acceptable";
            case 500 -> "Internal Server Error";
            case 503 -> "Service Unavailable";
            default -> "Status";
        };
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException alreadyGone) {
            LOG.debug("A listener could not be closed: {}", alreadyGone.toString());
        }
        open.forEach(HttpListener::close);
        try {
            // The socket goes when its last user has left it.
            accepting.join(CLOSED);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException alreadyGone) {
            LOG.trace("A client has gone: {}", alreadyGone.toString());
        }
    }
}
