package io.waymark.proxy.http;

import java.util.ArrayList;
import java.util.List;

/// What is said to a request.
/// @param headers beside Date and Content-Length, in their order
public record HttpReply(int status, List<Header> headers, String body) {
    /// One header field.
    public record Header(String name, String value) {}

    /// Copies the list.
    public HttpReply {
        headers = List.copyOf(headers);
    }

    /// A reply of one media type that browsers shall not take for another.
    public static HttpReply of(int status, String type, String body) {
        return new HttpReply(
                status,
                List.of(new Header("Content-Type", type), new Header("X-Content-Type-Options", "nosniff")),
                body);
    }

    /// Text that is fine.
    public static HttpReply text(String body) {
        return of(200, "text/plain; charset=utf-8", body);
    }

    /// The same with one header more.
    public HttpReply with(String name, String value) {
        var more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new HttpReply(status, more, body);
    }
}
