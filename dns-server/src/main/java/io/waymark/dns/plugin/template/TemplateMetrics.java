package io.waymark.dns.plugin.template;

import io.waymark.dns.metrics.CounterFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import java.util.Optional;

/// What CoreDNS counts about templates, under its names.
final class TemplateMetrics {
    private final CounterFamily matches;
    private final CounterFamily templateFailures;
    private final CounterFamily recordFailures;

    TemplateMetrics(Metrics metrics) {
        matches = metrics.counter(
                "coredns_template_matches_total",
                "Counter of template regex matches.",
                "server",
                "zone",
                "view",
                "class",
                "type");
        templateFailures =
                failures(metrics, "coredns_template_template_failures_total", "Counter of go template failures.");
        recordFailures = failures(metrics, "coredns_template_rr_failures_total", "Counter of mis-templated RRs.");
    }

    private static CounterFamily failures(Metrics metrics, String name, String help) {
        return metrics.counter(name, help, "server", "zone", "view", "class", "type", "section", "template");
    }

    void matched(TemplateData data) {
        matches.with(server(data), data.zone(), view(data), data.recordClass(), data.type())
                .increment();
    }

    void templateFailed(TemplateData data, String section, TextTemplate template) {
        count(templateFailures, data, section, template);
    }

    void recordFailed(TemplateData data, String section, TextTemplate template) {
        count(recordFailures, data, section, template);
    }

    private static void count(CounterFamily family, TemplateData data, String section, TextTemplate template) {
        family.with(server(data), data.zone(), view(data), data.recordClass(), data.type(), section, template.text())
                .increment();
    }

    private static String server(TemplateData data) {
        return served(data).map(Served::server).orElse("");
    }

    private static String view(TemplateData data) {
        return served(data).map(served -> served.block().traits().view().name()).orElse("");
    }

    private static Optional<Served> served(TemplateData data) {
        return data.exchange().notes().served();
    }
}
