package io.waymark.proxy.admin;

import io.waymark.proxy.http.HttpExchange;
import io.waymark.proxy.http.HttpListener;
import io.waymark.proxy.http.HttpReply;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Serves pages at one address. Lifecycle: [#start], serving, [#close].
public final class AdminServer implements AutoCloseable {
    private final HttpListener listener;

    /// One page at one path.
    public record Page(String path, Function<HttpExchange, HttpReply> content) {}

    private AdminServer(HttpListener listener) {
        this.listener = listener;
    }

    /// @param place ADDRESS:PORT
    /// @throws IOException if it is not to be had
    public static AdminServer start(String place, List<Page> pages) throws IOException {
        int colon = place.lastIndexOf(':');
        var host = place.substring(0, colon).replace("[", "").replace("]", "");
        Map<String, Page> byPath = pages.stream().collect(Collectors.toMap(Page::path, page -> page));
        var address = new InetSocketAddress(host, Integer.parseInt(place.substring(colon + 1)));
        return new AdminServer(HttpListener.bind(address, exchange -> answer(exchange, byPath)));
    }

    private static HttpReply answer(HttpExchange exchange, Map<String, Page> pages) {
        var page = pages.get(exchange.path());
        return page == null
                ? HttpReply.of(404, "text/plain; charset=utf-8", "404 page not found\n")
                : page.content().apply(exchange);
    }

    /// Where it listens.
    public InetSocketAddress address() throws IOException {
        return listener.address();
    }

    @Override
    public void close() {
        listener.close();
    }
}
