package io.waymark.proxy.http;

import java.net.InetAddress;

/// One request, as far as it is looked at.
/// @param path   without its query, not decoded
/// @param accept what the client asks for, or empty
/// @param local  the address it was sent to
public record HttpExchange(String method, String path, String accept, InetAddress local) {}
