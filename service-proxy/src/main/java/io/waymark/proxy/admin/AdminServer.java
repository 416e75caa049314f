package io.waymark.proxy.admin;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/// Serves pages at one address. Lifecycle: [#start], serving, [#close].
public final class AdminServer implements AutoCloseable {
    private static final int BACKLOG = 64;

    private final HttpServer server;
    private final ExecutorService threads;

    /// One page at one path.
    public record Page(String path, Supplier<Reply> content) {}

    public record Reply(int status, String type, String body) {
        static Reply text(String body) {
            return new Reply(200, "text/plain; charset=utf-8", body);
        }
    }

    private AdminServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /// @param place ADDRESS:PORT
    /// @throws IOException if it is not to be had
    public static AdminServer start(String place, List<Page> pages) throws IOException {
        int colon = place.lastIndexOf(':');
        var host = place.substring(0, colon).replace("[", "").replace("]", "");
        var server =
                HttpServer.create(new InetSocketAddress(host, Integer.parseInt(place.substring(colon + 1))), BACKLOG);
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        server.setExecutor(threads);
        pages.forEach(page -> server.createContext(page.path(), exchange -> answer(exchange, page)));
        server.start();
        return new AdminServer(server, threads);
    }

    /// Where it listens.
    public InetSocketAddress address() {
        return server.getAddress();
    }

    private static void answer(HttpExchange exchange, Page page) throws IOException {
        try (exchange) {
            boolean known = exchange.getRequestURI().getPath().equals(page.path());
            var reply = known ? page.content().get() : new Reply(404, "text/plain; charset=utf-8", "no such page\n");
            var octets = reply.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", reply.type());
            exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
            boolean head = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(reply.status(), head || octets.length == 0 ? -1 : octets.length);
            if (!head) {
                exchange.getResponseBody().write(octets);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
