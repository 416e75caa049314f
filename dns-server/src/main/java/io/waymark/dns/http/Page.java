package io.waymark.dns.http;

import io.vertx.core.http.HttpServerRequest;

/// What is at one path. Asked on an event loop; does not block.
@FunctionalInterface
public interface Page {
    /// Ends the response, now or later.
    void answer(HttpServerRequest request);

    /// A page of plain text.
    /// @param status an HTTP status code
    static void text(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(body);
    }
}
