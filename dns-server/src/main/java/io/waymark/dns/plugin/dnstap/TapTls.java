package io.waymark.dns.plugin.dnstap;

import io.waymark.source.kubernetes.http.AnyoneTrusted;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Connections over TLS to whoever listens.
final class TapTls {
    private static final int CONNECT_MILLIS_MAX = 4_000;

    private TapTls() {}

    /// Connects and shakes hands. Fails, with why, if the certificate is to be verified and is not for this address.
    static SSLSocket connect(InetSocketAddress address, boolean verified) throws IOException {
        var socket = (SSLSocket) context(verified).getSocketFactory().createSocket();
        try {
            socket.connect(address, CONNECT_MILLIS_MAX);
            if (verified) {
                var parameters = socket.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                socket.setSSLParameters(parameters);
            }
            socket.setSoTimeout(CONNECT_MILLIS_MAX);
            socket.startHandshake();
            return socket;
        } catch (IOException failure) {
            socket.close();
            throw failure;
        }
    }

    private static SSLContext context(boolean verified) {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, verified ? null : new TrustManager[] {new AnyoneTrusted()}, null);
            return context;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has TLS", impossible);
        }
    }
}
