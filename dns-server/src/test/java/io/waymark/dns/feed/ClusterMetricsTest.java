package io.waymark.dns.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.GaugeFamily;
import io.waymark.dns.metrics.HistogramFamily;
import io.waymark.dns.metrics.MetricFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.source.ChangeTime.Clock;
import io.waymark.source.ClusterSource;
import io.waymark.source.Freshness;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceEvent.ServiceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// What CoreDNS' dashboards find about the source of the objects, and what is ours.
class ClusterMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String PROGRAMMING = "coredns_kubernetes_dns_programming_duration_seconds";

    private final Metrics metrics = new Metrics();
    private final ClusterMetrics cluster = new ClusterMetrics(metrics, () -> NOW);

    @Test
    void eachKindOfServiceHasItsDelayByTheClockThatIsKnown() {
        programmed(ServiceKind.CLUSTER_IP, Clock.CONTROLLER);
        programmed(ServiceKind.HEADLESS_WITH_SELECTOR, Clock.CONTROLLER);
        programmed(ServiceKind.HEADLESS_WITHOUT_SELECTOR, Clock.API_SERVER);
        programmed(ServiceKind.EXTERNAL_NAME, Clock.API_SERVER);
        programmed(ServiceKind.CLUSTER_IP, Clock.API_SERVER);
        assertThat(labels(PROGRAMMING))
                .containsExactly(
                        "[cluster_ip]", "[external_name]", "[headless_with_selector]", "[headless_without_selector]");
        assertThat(histogram(PROGRAMMING, "cluster_ip").sum()).isEqualTo(0.25);
        assertThat(histogram(PROGRAMMING, "cluster_ip").bounds())
                .hasSize(20)
                .startsWith(0.001, 0.002, 0.004)
                .endsWith(524.288);
        assertThat(labels("waymark_kubernetes_service_programming_duration_seconds"))
                .containsExactly("[cluster_ip]");
    }

    @Test
    void requestsAreCountedAsClientGoCountsThem() {
        cluster.saw(new SourceEvent.Requested("10.96.0.1:443", 200));
        cluster.saw(new SourceEvent.Requested("10.96.0.1:443", 0));
        cluster.saw(new SourceEvent.ListRead("10.96.0.1:443", Duration.ofMillis(30)));
        cluster.saw(new SourceEvent.Paced("10.96.0.1:443", Duration.ZERO));
        assertThat(labels("coredns_kubernetes_rest_client_requests_total"))
                .containsExactly("[200, GET, 10.96.0.1:443]", "[<error>, GET, 10.96.0.1:443]");
        assertThat(labels("coredns_kubernetes_rest_client_request_duration_seconds"))
                .containsExactly("[GET, 10.96.0.1:443]");
        assertThat(labels("coredns_kubernetes_rest_client_rate_limiter_duration_seconds"))
                .containsExactly("[GET, 10.96.0.1:443]");
    }

    @Test
    void theAgeOfTheDataIsThatOfTheOldestWhoReadsTheKind() {
        cluster.showAge(List.of(
                source(Map.of("services", NOW.minusSeconds(3), "pods", Instant.EPOCH)),
                source(Map.of("services", NOW.minusSeconds(8)))));
        var ages = (GaugeFamily) family("waymark_kubernetes_data_age_seconds");
        assertThat(ages.gauges().get(List.of("services")).getAsDouble()).isEqualTo(8);
        assertThat(ages.gauges().get(List.of("pods")).getAsDouble())
                .as("never heard of")
                .isInfinite();
    }

    private void programmed(ServiceKind kind, Clock clock) {
        cluster.saw(new SourceEvent.Programmed(kind, clock, Duration.ofMillis(250)));
    }

    private MetricFamily family(String name) {
        return metrics.families().stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private io.waymark.dns.metrics.Histogram histogram(String name, String label) {
        return ((HistogramFamily) family(name)).histograms().get(List.of(label));
    }

    private TreeSet<String> labels(String name) {
        var sorted = new TreeSet<String>();
        family(name).readings().forEach(reading -> sorted.add(reading.labels().toString()));
        return sorted;
    }

    private static ClusterSource source(Map<String, Instant> contacts) {
        return new ClusterSource() {
            @Override
            public void start(ClusterListener listener) {}

            @Override
            public Freshness freshness() {
                return new Freshness(true, NOW, "", contacts);
            }

            @Override
            public void close() {}
        };
    }
}
