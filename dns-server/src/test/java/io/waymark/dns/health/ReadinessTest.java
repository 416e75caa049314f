package io.waymark.dns.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.plugin.ready.ReadyStage.Monitor;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// Two plugins, of which one has trouble.
class ReadinessTest {
    private final AtomicReference<String> trouble = new AtomicReference<>("connection refused");
    private final List<Readiness.Part> parts =
            List.of(new Readiness.Part("kubernetes", trouble::get), new Readiness.Part("other", () -> ""));

    @Test
    void whatIsNotReadyIsNamedOnTheFirstLineAndThenSaysWhy() {
        assertThat(new Readiness(parts, Monitor.UNTIL_READY).reply())
                .isEqualTo(new ProbeReply(503, "kubernetes\nkubernetes: connection refused\n"));
    }

    @Test
    void whatWasReadyOnceStaysSoUnlessItIsWatchedContinuously() {
        var once = new Readiness(parts, Monitor.UNTIL_READY);
        var always = new Readiness(parts, Monitor.CONTINUOUSLY);
        trouble.set("");
        assertThat(once.reply()).isEqualTo(ProbeReply.OK);
        assertThat(always.reply()).isEqualTo(ProbeReply.OK);
        trouble.set("again");
        assertThat(once.reply()).isEqualTo(ProbeReply.OK);
        assertThat(always.reply().status()).isEqualTo(503);
    }

    @Test
    void aServerThatStopsIsNotReadyWhateverItsPluginsSay() {
        trouble.set("");
        var readiness = new Readiness(parts, Monitor.UNTIL_READY);
        assertThat(readiness.reply()).isEqualTo(ProbeReply.OK);
        readiness.stop();
        assertThat(readiness.reply().status()).isEqualTo(503);
    }
}
