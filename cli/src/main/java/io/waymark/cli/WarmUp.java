package io.waymark.cli;

import java.security.GeneralSecurityException;
import javax.net.ssl.SSLContext;

/// What every start on an API server needs and nothing else waits for: done on a second thread
/// while the first one reads the command line and the Corefile. It has no effect but on time.
final class WarmUp {
    private WarmUp() {}

    /// Begins if `args` ask for a server. Never fails: what it would have prepared is then made later.
    static void begin(String[] args) {
        if (args.length > 0 && args[0].equals("dns")) {
            Thread.ofPlatform().daemon().name("warm-up").start(WarmUp::tls);
        }
    }

    /// Half of what the first TLS connection of a process costs is the setting up of its parts.
    private static void tls() {
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, null, null);
            context.getSocketFactory().createSocket().close();
            Rehearsal.hello(context);
        } catch (GeneralSecurityException | java.io.IOException unavailable) {
            return;
        }
    }
}
