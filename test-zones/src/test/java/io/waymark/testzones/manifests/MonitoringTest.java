package io.waymark.testzones.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Api;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Alerts and dashboards: whatever they ask for is exported, under these names and labels.
class MonitoringTest {
    private static final Kustomization MONITORING = Kustomization.build("monitoring");
    /// What Prometheus itself adds to each series.
    private static final Set<String> TARGET_LABELS = Set.of("job", "instance");
    /// Series that are Prometheus' own.
    private static final Set<String> SCRAPER = Set.of("up");

    private static List<MetricQuery> queries() {
        var all = new ArrayList<>(MetricQuery.ofRules(MONITORING.object("PrometheusRule/coredns")));
        var dashboards =
                (Map<?, ?>) MONITORING.object("ConfigMap/coredns-dashboards").get("data");
        dashboards.values().forEach(json -> all.addAll(MetricQuery.ofDashboard(String.valueOf(json))));
        return all;
    }

    @Test
    void eachSeriesOfAnAlertOrAPanelIsOneThatIsExported() throws IOException {
        var metrics = ExportedMetric.all();
        assertThat(queries()).hasSizeGreaterThan(60).allSatisfy(query -> {
            var unknown = query.series().stream()
                    .filter(series -> !SCRAPER.contains(series))
                    .filter(series -> ExportedMetric.of(series, metrics).isEmpty());
            assertThat(query.series()).as(query.where() + " reads something").isNotEmpty();
            assertThat(unknown)
                    .as(query.where() + " reads series that docs/metrics.md does not have: " + query.expression())
                    .isEmpty();
        });
    }

    @Test
    void eachLabelOfAnAlertOrAPanelIsOneOfItsMetrics() throws IOException {
        var metrics = ExportedMetric.all();
        assertThat(queries()).allSatisfy(query -> {
            var known = new TreeSet<>(TARGET_LABELS);
            for (var series : query.series()) {
                ExportedMetric.of(series, metrics).ifPresent(metric -> known.addAll(metric.labels()));
                if (series.endsWith("_bucket")) {
                    known.add("le");
                }
            }
            assertThat(known)
                    .as(query.where() + " has labels that its metrics do not have: " + query.expression())
                    .containsAll(query.labels());
        });
    }

    @ParameterizedTest
    @CsvSource({
        "CoreDNSDown",
        "CoreDNSLatencyHigh",
        "CoreDNSErrorsHigh",
        "CorednsPanicCount",
        "CoreDNSForwardLatencyHigh",
        "CoreDNSForwardErrorsHigh",
        "CoreDNSForwardHealthcheckFailureCount",
        "CoreDNSForwardHealthcheckBrokenCount"
    })
    void theAlertsThatPeopleHaveForCoreDnsKeepTheirNames(String name) {
        assertThat(MetricQuery.ofRules(MONITORING.object("PrometheusRule/coredns")))
                .anyMatch(query -> query.where().equals(name));
    }

    @Test
    void anAlertSaysHowBadItIsAndWhatToDo() {
        var spec = (Map<?, ?>) MONITORING.object("PrometheusRule/coredns").get("spec");
        for (var group : (List<?>) spec.get("groups")) {
            for (var rule : (List<?>) ((Map<?, ?>) group).get("rules")) {
                var alert = (Map<?, ?>) rule;
                assertThat(((Map<?, ?>) alert.get("labels")).get("severity"))
                        .as("%s", alert.get("alert"))
                        .isIn("critical", "warning");
                assertThat(keys(alert.get("annotations")))
                        .as("%s", alert.get("alert"))
                        .containsExactlyInAnyOrder("summary", "description");
            }
        }
    }

    private static Set<String> keys(Object map) {
        return ((Map<?, ?>) map).keySet().stream().map(String::valueOf).collect(Collectors.toSet());
    }

    @Test
    void theScrapeIsThatOfTheServicesPort() {
        var service = Kustomization.build("dns").object("Service/kube-dns");
        var monitor = MONITORING.object("ServiceMonitor/kube-dns");
        assertThat(FieldPath.read(service, "spec.ports[name=metrics].port")).isEqualTo("9153");
        assertThat(FieldPath.read(monitor, "spec.endpoints[port=metrics].port")).isEqualTo("metrics");
        assertThat(labels(service)).containsAllEntriesOf(selected(monitor));
    }

    private static Map<Object, Object> labels(Map<String, Object> object) {
        return Map.copyOf((Map<?, ?>) ((Map<?, ?>) object.get("metadata")).get("labels"));
    }

    private static Map<Object, Object> selected(Map<String, Object> monitor) {
        var selector = (Map<?, ?>) ((Map<?, ?>) monitor.get("spec")).get("selector");
        return Map.copyOf((Map<?, ?>) selector.get("matchLabels"));
    }

    @Test
    void eachObjectIsAcceptedByARealApiServerThatKnowsTheOperatorsKinds() {
        try (var plane = ControlPlane.start()) {
            plane.api().apply(definitions());
            for (var object : MONITORING.objects()) {
                applied(plane.api(), object);
            }
            assertThat(plane.api().get("/apis/monitoring.coreos.com/v1/namespaces/kube-system/prometheusrules/coredns"))
                    .isNotNull();
        }
    }

    /// A kind is served a moment after its definition was accepted.
    private static void applied(Api api, Map<String, Object> object) {
        Await.until(
                object.get("kind") + " is accepted",
                Duration.ofSeconds(20),
                () -> accepted(api, object),
                () -> "it is not served: " + object.get("apiVersion"));
    }

    private static boolean accepted(Api api, Map<String, Object> object) {
        try {
            api.apply(object);
            return true;
        } catch (Api.ApiRefusal refusal) {
            if (String.valueOf(refusal.getMessage()).contains(": 404 ")) {
                return false;
            }
            throw refusal;
        }
    }

    private static String definitions() {
        var file = Peers.root().resolve("test-zones/src/test/resources/manifests/monitoring-definitions.yaml");
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
