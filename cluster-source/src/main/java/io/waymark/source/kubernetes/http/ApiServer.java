package io.waymark.source.kubernetes.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/// Opens connections to one API server and knows those that are open. Safe for several threads.
/// Lifecycle: connections until [#close], which ends them all under whoever reads them.
public final class ApiServer implements AutoCloseable {
    /// What nearly every API server takes. A client that offers a curve of NIST too makes a key for it as
    /// well, whose tables alone cost a tenth of a second of a cold start.
    private static final String[] USUAL_GROUPS = {"x25519"};

    /// For servers that may use nothing but curves of NIST (FIPS 140).
    private static final String[] ALL_GROUPS = {"x25519", "secp256r1", "secp384r1"};

    private static final Duration KEEP_ALIVE_IDLE = Duration.ofSeconds(15);

    private final Location location;
    private final Credential credential;
    private final TlsContext tls;
    private final boolean nameChecked;
    private final String tlsName;
    private final Set<Socket> open = new HashSet<>();
    private boolean closed;
    private volatile boolean offersAll;

    /// `tlsName` is the name that the server's certificate must have.
    public ApiServer(Location location, Trust trust, String tlsName, Identity identity, Credential credential) {
        this.location = location;
        this.credential = credential;
        this.tls = new TlsContext(trust, identity);
        this.tlsName = tlsName;
        this.nameChecked = !(trust instanceof Trust.Anyone);
    }

    public Location location() {
        return location;
    }

    public Credential credential() {
        return credential;
    }

    /// Connects, trying each address of the host, and shakes hands.
    /// @param limit for each address, and again for the handshake
    public HttpConnection open(Duration limit) throws IOException {
        IOException last = new ConnectException(location + " has no address");
        for (var address : InetAddress.getAllByName(location.host())) {
            try {
                return open(address, limit);
            } catch (IOException failure) {
                last = failure;
            }
        }
        throw last;
    }

    private HttpConnection open(InetAddress address, Duration limit) throws IOException {
        try {
            return connect(address, limit);
        } catch (SSLException refused) {
            if (offersAll) {
                throw refused;
            }
            offersAll = true;
            return connect(address, limit);
        }
    }

    private HttpConnection connect(InetAddress address, Duration limit) throws IOException {
        var raw = new Socket();
        register(raw);
        try {
            raw.connect(new InetSocketAddress(address, location.port()), (int) limit.toMillis());
            HttpConnection.keepAlive(raw, KEEP_ALIVE_IDLE);
            return new HttpConnection(this, raw, location.secure() ? handshake(raw, limit) : raw);
        } catch (IOException failure) {
            closeQuietly(raw);
            throw failure;
        }
    }

    private Socket handshake(Socket raw, Duration limit) throws IOException {
        raw.setSoTimeout((int) limit.toMillis());
        var secure = (SSLSocket) tls.sockets().createSocket(raw, tlsName, location.port(), true);
        var parameters = secure.getSSLParameters();
        parameters.setNamedGroups(offersAll ? ALL_GROUPS : USUAL_GROUPS);
        if (nameChecked) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secure.setSSLParameters(parameters);
        secure.startHandshake();
        return secure;
    }

    private synchronized void register(Socket raw) throws IOException {
        if (closed) {
            raw.close();
            throw new IOException("the source is closed");
        }
        open.add(raw);
    }

    void closeQuietly(Socket raw) {
        synchronized (this) {
            open.remove(raw);
        }
        try {
            raw.close();
        } catch (IOException alreadyGone) {
            // A socket that cannot be closed is closed.
            return;
        }
    }

    @Override
    public void close() {
        Set<Socket> last;
        synchronized (this) {
            closed = true;
            last = Set.copyOf(open);
        }
        last.forEach(this::closeQuietly);
    }
}
