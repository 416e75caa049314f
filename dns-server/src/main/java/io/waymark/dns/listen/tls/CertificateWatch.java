package io.waymark.dns.listen.tls;

import io.waymark.dns.listen.tls.TlsCredentials.Refresh;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks at the files of a listener's certificate again and again, for they are replaced under a
/// server that runs for months. What they hold is compared, not their time: a Secret that is mounted
/// changes by a link. The same trouble is told once.
/// Lifecycle: [#start], watching on a thread of its own, [#close].
public final class CertificateWatch implements AutoCloseable {
    /// How long a new certificate may wait.
    public static final Duration PERIOD = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final TlsCredentials credentials;
    private final String server;
    private final LongAdder refused;
    private final Thread thread;
    private String told = "";

    private CertificateWatch(TlsCredentials credentials, String server, LongAdder refused, Duration period) {
        this.credentials = credentials;
        this.server = server;
        this.refused = refused;
        this.thread = Thread.ofVirtual().name("certificates of " + server).unstarted(() -> watch(period));
    }

    /// Begins to watch.
    /// @param server  the listener, for messages
    /// @param refused counts how often files were found that cannot be used
    public static CertificateWatch start(
            TlsCredentials credentials, String server, LongAdder refused, Duration period) {
        var watch = new CertificateWatch(credentials, server, refused, period);
        watch.thread.start();
        return watch;
    }

    private void watch(Duration period) {
        try {
            while (true) {
                Thread.sleep(period);
                look();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        switch (credentials.refresh()) {
            case Refresh.Unchanged unchanged -> told = "";
            case Refresh.Renewed(var files) -> {
                told = "";
                LOG.info("{}: new connections get the certificate that is now in {}", server, files);
            }
            case Refresh.Refused(var reason) -> {
                if (!reason.equals(told)) {
                    told = reason;
                    refused.increment();
                    LOG.warn("{}: {}; the certificate of before is used on", server, reason);
                }
            }
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
