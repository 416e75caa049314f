package io.waymark.proxy.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.events.EventLedger.Entry;
import io.waymark.records.cluster.NamespacedName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When an Event is written; by client-go's rules of series, in virtual time.
class EventLedgerTest {
    private static final Instant START = Instant.parse("2026-03-04T05:06:07.123456789Z");

    private final EventLedger ledger = new EventLedger();
    private Instant now = START;

    private static ProxyEvent event(String service) {
        return ProxyEvent.warning(
                ProxyEvent.Subject.service(new NamespacedName("shop", service)),
                "AddressTaken",
                "ProgramService",
                "why");
    }

    private List<Integer> saw(String service) {
        return ledger.saw(event(service), now).stream().map(Entry::count).toList();
    }

    private List<Integer> after(Duration time) {
        now = now.plus(time);
        return ledger.due(now).stream().map(Entry::count).toList();
    }

    @Test
    void theFirstIsCreatedTheSecondMakesASeriesAndFurtherOnesAreCounted() {
        assertThat(saw("web")).containsExactly(1);
        assertThat(saw("web")).containsExactly(2);
        assertThat(saw("web")).isEmpty();
        assertThat(saw("other")).containsExactly(1);
    }

    @Test
    void theCountIsToldWhenTheSeriesHasEnded() {
        saw("web");
        saw("web");
        saw("web");
        assertThat(after(Duration.ofMinutes(5))).isEmpty();
        assertThat(after(Duration.ofMinutes(2))).containsExactly(3);
        assertThat(saw("web")).as("a new one").containsExactly(1);
    }

    @Test
    void aSeriesThatGoesOnIsToldEveryHalfHour() {
        saw("web");
        int written = saw("web").size();
        for (int minute = 0; minute < 65; minute++) {
            saw("web");
            written += after(Duration.ofMinutes(1)).size();
        }
        assertThat(written).isEqualTo(3);
    }

    @Test
    void whatHappenedOnceIsForgotten() {
        saw("web");
        assertThat(after(Duration.ofMinutes(7))).isEmpty();
        assertThat(saw("web")).containsExactly(1);
    }

    @Test
    void moreThanItHoldsIsLost() {
        for (int i = 0; i < EventLedger.ENTRIES_MAX; i++) {
            assertThat(saw("web-" + i)).containsExactly(1);
        }
        assertThat(ledger.isFull()).isTrue();
        assertThat(saw("one-more")).isEmpty();
        assertThat(saw("web-7")).containsExactly(2);
    }

    @Test
    void itIsWrittenAsTheApiHasIt() {
        var quoted = ProxyEvent.warning(
                new ProxyEvent.Subject("discovery.k8s.io/v1", "EndpointSlice", "shop", "web-1"),
                "ObjectLeftOut",
                "ReadObject",
                "address \"a\\b\"\u0001");
        assertThat(EventJson.whole(ledger.saw(quoted, now).orElseThrow(), "node-1"))
                .isEqualTo("""
                {"apiVersion":"events.k8s.io/v1","kind":"Event",\
                "metadata":{"name":"web-1.18998b018cfa8315","namespace":"shop"},\
                "eventTime":"2026-03-04T05:06:07.123456Z",\
                "reportingController":"kube-proxy","reportingInstance":"kube-proxy-node-1",\
                "action":"ReadObject","reason":"ObjectLeftOut",\
                "regarding":{"apiVersion":"discovery.k8s.io/v1","kind":"EndpointSlice",\
                "namespace":"shop","name":"web-1"},\
                "note":"address \\"a\\\\b\\"\\u0001","type":"Warning"}""");
        assertThat(EventJson.patch(ledger.saw(quoted, now).orElseThrow()))
                .isEqualTo("{\"series\":{\"count\":2,\"lastObservedTime\":\"2026-03-04T05:06:07.123456Z\"}}");
    }
}
