package io.waymark.dns.plugin.prometheus;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.waymark.dns.http.Page;
import io.waymark.dns.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers scrapes, as text or OpenMetrics, compressed if that is accepted. A scrape is written apart
/// from the event loops: it reads files. Four at a time, further ones get 503.
final class MetricsPage implements Page {
    static final String PATH = "/metrics";

    private static final Logger LOG = LoggerFactory.getLogger(MetricsPage.class);
    private static final int SCRAPES_MAX = 4;

    private final Metrics metrics;
    private final Vertx vertx;
    private final Semaphore scrapes = new Semaphore(SCRAPES_MAX);

    MetricsPage(Metrics metrics, Vertx vertx) {
        this.metrics = metrics;
        this.vertx = vertx;
    }

    @Override
    public void answer(HttpServerRequest request) {
        if (!scrapes.tryAcquire()) {
            Page.text(request, 503, "more than " + SCRAPES_MAX + " scrapes at a time\n");
            return;
        }
        var context = vertx.getOrCreateContext();
        Thread.ofVirtual().name("scrape").start(() -> scrape(request, context));
    }

    private void scrape(HttpServerRequest request, Context context) {
        try {
            var format = ScrapeFormat.of(header(request, "accept"));
            boolean gzip = ScrapeFormat.gzip(header(request, "accept-encoding"));
            var plain = ScrapeText.of(metrics.families(), format).getBytes(StandardCharsets.UTF_8);
            var body = Buffer.buffer(gzip ? compressed(plain) : plain);
            context.runOnContext(now -> {
                var response = request.response().putHeader("content-type", format.contentType());
                if (gzip) {
                    response.putHeader("content-encoding", "gzip");
                }
                response.end(body);
            });
        } catch (RuntimeException defect) {
            LOG.error("a defect of Waymark in a scrape of its metrics; the scraper got 500", defect);
            context.runOnContext(now -> Page.text(request, 500, "a defect of Waymark: " + defect + "\n"));
        } finally {
            scrapes.release();
        }
    }

    private static String header(HttpServerRequest request, String name) {
        return Optional.ofNullable(request.getHeader(name)).orElse("");
    }

    private static byte[] compressed(byte[] plain) {
        var octets = new ByteArrayOutputStream(1 + plain.length / 8);
        try (var gzip = new GZIPOutputStream(octets)) {
            gzip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException("an array can be written", impossible);
        }
        return octets.toByteArray();
    }
}
