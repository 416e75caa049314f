package io.waymark.testzones.listening;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Identity;
import io.waymark.testzones.peer.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What the first client over TLS costs those who ask at the same time.
class FirstClientTest {

    @Test
    void theFirstHandshakeLoadsNoOtherLibraryForCryptographyThanTheJdks() throws IOException {
        try (var folder = new ScratchFolder("first-client")) {
            var identity = Identity.in(folder.path(), "first");
            var zone = new ServedZone(folder.path(), identity.certificate(), identity.key());
            var loaded = folder.path().resolve("classes");
            var environment = new HashMap<>(zone.environment());
            environment.put("WAYMARK_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);
            try (var waymark = DnsProcess.waymark(folder.path(), ServedZone.COREFILE, environment, List.of())
                            .awaitReady();
                    var client = new TlsClient(zone.tls(), TlsClient.believing(identity))) {
                assertThat(client.ask("www.test."))
                        .as(waymark.program()::logEnd)
                        .isEqualTo("NOERROR");
            }
            assertThat(Files.readString(loaded))
                    .as("BouncyCastle takes half a second, and has an event loop wait for it")
                    .contains("sun.security.ssl.ServerHello")
                    .doesNotContain("org.bouncycastle");
        }
    }
}
