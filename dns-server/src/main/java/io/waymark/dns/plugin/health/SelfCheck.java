package io.waymark.dns.plugin.health;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.metrics.Histogram;
import io.waymark.dns.metrics.HistogramFamily;
import io.waymark.dns.metrics.Metrics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Asks our own `/health` as a kubelet does, and measures how long that takes: a local request that
/// takes long is the first sign of a process that cannot keep up. Blocks, three seconds at most.
final class SelfCheck implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(SelfCheck.class);
    private static final int MILLIS_MAX = 3_000;
    private static final double SLOW_SECONDS = 1;

    private final ListenAddress address;
    private final String page;
    private final LongSupplier nanoTime;
    private final Histogram duration;
    private final LongAdder failures;

    SelfCheck(HealthStage stage, Metrics metrics, LongSupplier nanoTime) {
        this.address = stage.address();
        this.page = stage.paths().getFirst();
        this.nanoTime = nanoTime;
        this.duration = metrics.histogram(
                        "coredns_health_request_duration_seconds",
                        "How long a request of our own to /health took, in seconds.",
                        HistogramFamily.exponential(0.00025, 10, 5))
                .with();
        this.failures = metrics.counter(
                        "coredns_health_request_failures_total", "Requests of our own to /health that failed.")
                .with();
    }

    @Override
    public void run() {
        long began = nanoTime.getAsLong();
        try {
            ask();
        } catch (IOException failure) {
            failures.increment();
            LOG.warn("our own request to http://{}{} failed: {}", address, page, failure.toString());
        }
        double seconds = (nanoTime.getAsLong() - began) / 1e9;
        duration.observe(seconds);
        if (seconds > SLOW_SECONDS) {
            LOG.warn("our own request to http://{}{} took {} s: the machine is overloaded", address, page, seconds);
        }
    }

    private void ask() throws IOException {
        var host = address.address().equals(ListenAddress.ANY)
                ? InetAddress.getLoopbackAddress()
                : InetAddress.getByAddress(address.address().octets());
        try (var connection = new Socket()) {
            connection.setSoTimeout(MILLIS_MAX);
            connection.connect(new InetSocketAddress(host, address.port()), MILLIS_MAX);
            connection
                    .getOutputStream()
                    .write(("GET " + page + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            if (connection.getInputStream().read() < 0) {
                throw new IOException("the connection was closed without a reply");
            }
        }
    }
}
