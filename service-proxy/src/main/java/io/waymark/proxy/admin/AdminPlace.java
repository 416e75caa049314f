package io.waymark.proxy.admin;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An address for pages that is tried again until it is to be had. Lifecycle: [#keepTrying], [#close].
public final class AdminPlace implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final String place;
    private final List<AdminServer.Page> pages;
    private final Thread trying;
    private Optional<AdminServer> server = Optional.empty();
    private boolean closed;

    private AdminPlace(String place, List<AdminServer.Page> pages) {
        this.place = place;
        this.pages = pages;
        this.trying = Thread.ofVirtual().name("admin-place").unstarted(this::run);
    }

    /// Tries in five seconds, and then every five.
    public static AdminPlace keepTrying(String place, List<AdminServer.Page> pages) {
        var kept = new AdminPlace(place, pages);
        kept.trying.start();
        return kept;
    }

    private void run() {
        try {
            do {
                Thread.sleep(PAUSE);
            } while (!open());
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized boolean open() {
        if (closed) {
            return true;
        }
        try {
            server = Optional.of(AdminServer.start(place, pages));
            LOG.info("Listening on {} now", place);
            return true;
        } catch (IOException taken) {
            LOG.debug("Still not listening on {}: {}", place, taken.getMessage());
            return false;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        trying.interrupt();
        server.ifPresent(AdminServer::close);
    }
}
