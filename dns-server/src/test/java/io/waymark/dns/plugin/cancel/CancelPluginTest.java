package io.waymark.dns.plugin.cancel;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pipeline.Outcome;
import io.waymark.dns.plugin.HandExchange;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordType;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CancelPluginTest {
    private final CompletableFuture<Outcome> upstream = new CompletableFuture<>();

    @Test
    void anAnswerThatDoesNotComeIsServfailWithTheReason() throws Exception {
        assertThat(ask(Duration.ofMillis(1)).get(5, TimeUnit.SECONDS))
                .isEqualTo(new Outcome.Fail(Rcode.SERVFAIL, "no answer within 1ms (cancel)"));
        assertThat(upstream).as("others may wait for the same").isNotDone();
    }

    @Test
    void anAnswerThatComesInTimeIsTheAnswer() {
        var answer = ask(Duration.ofHours(1));
        upstream.complete(Outcome.DROP);
        assertThat(answer).isCompletedWithValue(Outcome.DROP);
    }

    private CompletableFuture<Outcome> ask(Duration timeout) {
        var outcome = new CancelPlugin(timeout)
                .answer(HandExchange.of("a.test.", RecordType.A, "10.0.0.1"), exchange -> new Outcome.Later(upstream));
        assertThat(outcome).isInstanceOf(Outcome.Later.class);
        return ((Outcome.Later) outcome).outcome();
    }
}
