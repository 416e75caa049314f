package io.waymark.testzones.listening;

import io.waymark.testzones.peer.Identity;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Type;

/// One connection over TLS that is kept (RFC 7858). Lifecycle: open from the constructor to [#close].
final class TlsClient implements AutoCloseable {
    private static final int MILLIS_MAX = 10_000;

    private final SSLSocket socket;
    private final DataInputStream in;
    private final DataOutputStream out;

    TlsClient(int port, SSLContext context) {
        try {
            socket = (SSLSocket) context.getSocketFactory().createSocket(InetAddress.ofLiteral("127.0.0.1"), port);
            socket.setSoTimeout(MILLIS_MAX);
            socket.startHandshake();
            in = new DataInputStream(socket.getInputStream());
            out = new DataOutputStream(socket.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException("no connection over TLS to port " + port, e);
        }
    }

    /// For clients that believe these servers.
    static SSLContext believing(Identity... servers) {
        try {
            var store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            for (var server : servers) {
                store.setCertificateEntry(server.toString(), certificate(server));
            }
            var trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no TLS", e);
        }
    }

    static X509Certificate certificate(Identity server) {
        try (var pem = Files.newInputStream(server.certificate())) {
            return (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(pem);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("no certificate in " + server.certificate(), e);
        }
    }

    /// What the server showed when the connection began.
    X509Certificate shown() {
        try {
            return (X509Certificate) socket.getSession().getPeerCertificates()[0];
        } catch (IOException e) {
            throw new UncheckedIOException("no certificate was shown", e);
        }
    }

    /// A query for an A record.
    static byte[] query(String name) throws IOException {
        return Message.newQuery(Record.newRecord(Name.fromString(name), Type.A, DClass.IN))
                .toWire();
    }

    /// The response code of the reply.
    String ask(String name) {
        try {
            var query = query(name);
            out.writeShort(query.length);
            out.write(query);
            out.flush();
            return Rcode.string(new Message(in.readNBytes(in.readUnsignedShort())).getRcode());
        } catch (IOException e) {
            throw new UncheckedIOException("the connection has ended", e);
        }
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException("a connection stays open", e);
        }
    }
}
