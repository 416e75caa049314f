package io.waymark.dns.querylog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/// A log whose reader stops reading.
class QueryLogTest {
    @Test
    void linesAreWrittenInTheirOrder() {
        var out = new ByteArrayOutputStream();
        try (var log = QueryLog.start(new PrintStream(out, false, StandardCharsets.UTF_8), 1_000)) {
            for (int i = 0; i < 500; i++) {
                int number = i;
                log.add(() -> "line " + number);
            }
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines()).hasSize(500).endsWith("line 499");
    }

    @Test
    void whoeverLogsNeverWaitsAndWhatDoesNotFitIsCounted() throws InterruptedException {
        var out = new ByteArrayOutputStream();
        var stuck = new CountDownLatch(1);
        var reading = new CountDownLatch(1);
        try (var log = QueryLog.start(new PrintStream(out, false, StandardCharsets.UTF_8), 3)) {
            log.add(() -> {
                reading.countDown();
                await(stuck);
                return "first";
            });
            reading.await();
            for (int i = 0; i < 10; i++) {
                int number = i;
                log.add(() -> "line " + number);
            }
            assertThat(log.dropped()).isEqualTo(7);
            stuck.countDown();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "first",
                        "line 0",
                        "line 1",
                        "line 2",
                        "[WARNING] plugin/log: 7 lines were dropped: the output is read too slowly");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
