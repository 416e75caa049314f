package io.waymark.source.kubernetes.http;

import io.waymark.source.SourceException;
import java.net.URI;

/// Where the API server is.
/// @param secure whether TLS is spoken
/// @param host   a name or an address, IPv6 without brackets
/// @param path   what stands before `/api`, without a slash at the end; usually empty
public record Location(boolean secure, String host, int port, String path) {

    /// Reads `https://host:port/path`; `http` is for `kubectl proxy` and for tests.
    public static Location of(URI server) {
        var scheme = String.valueOf(server.getScheme());
        var host = server.getHost();
        if (host == null || !(scheme.equals("https") || scheme.equals("http"))) {
            throw new SourceException("API server \"" + server + "\": expected https://HOST[:PORT][/PATH]");
        }
        boolean secure = scheme.equals("https");
        int port = server.getPort() >= 0 ? server.getPort() : secure ? 443 : 80;
        var path = server.getRawPath() == null ? "" : server.getRawPath().replaceAll("/+$", "");
        return new Location(secure, host.replaceAll("[\\[\\]]", ""), port, path);
    }

    /// `host:port`, as in a Host field.
    public String authority() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }

    @Override
    public String toString() {
        return (secure ? "https://" : "http://") + authority() + path;
    }
}
