package io.waymark.source.kubernetes.pace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RequestPaceTest {

    @ParameterizedTest(name = "{0} a second, burst {1}, asked at {2} ms: waits {3} ms, because {4}")
    @CsvSource(delimiter = '|', textBlock = """
            # rate | burst | asked at, ms   | waits, ms       | because
            0      | 0     | 0 0 0 0        | 0 0 0 0         | 0 is no bound
            10     | 0     | 0 0 0          | 0 100 200       | without a burst each waits for its turn
            10     | 3     | 0 0 0 0 0      | 0 0 0 100 200   | a burst may come at once
            10     | 3     | 0 0 0 1000 1000| 0 0 0 0 0       | quiet time fills the burst up again
            10     | 2     | 0 0 9000 9000 9000 | 0 0 0 0 100 | but never above it
            0.5    | 1     | 0 500          | 0 1500          | a rate may be less than one
            """)
    void aRequestWaitsForItsTurn(double perSecond, int burst, String askedAt, String expected, String because) {
        long begun = 5_000_000_000L;
        var pace = new RequestPace(new RequestLimits(perSecond, burst, 0), begun);
        var waits = new ArrayList<String>();
        for (var millis : List.of(askedAt.strip().split(" "))) {
            long wait = pace.reserve(begun + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(millis)));
            waits.add(Long.toString(TimeUnit.NANOSECONDS.toMillis(wait)));
        }
        assertThat(String.join(" ", waits)).as(because).isEqualTo(expected);
    }

    @Test
    void aListWaitsUntilAnotherHasEnded() throws Exception {
        var pace = new RequestPace(new RequestLimits(0, 0, 1), 0);
        var first = pace.admitList();
        var second = new CompletableFuture<RequestPace.Admission>();
        var waiting = Thread.ofPlatform().start(() -> {
            try {
                second.complete(pace.admitList());
            } catch (InterruptedException ended) {
                second.completeExceptionally(ended);
            }
        });
        // It can only have been admitted, or be waiting for that.
        while (waiting.getState() != Thread.State.WAITING && waiting.isAlive()) {
            Thread.onSpinWait();
        }
        assertThat(second).isNotDone();
        first.close();
        second.get(10, TimeUnit.SECONDS).close();
        waiting.join();
    }
}
