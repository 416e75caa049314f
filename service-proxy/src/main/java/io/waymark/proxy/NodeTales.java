package io.waymark.proxy;

import io.waymark.proxy.events.EventRecorder;
import io.waymark.proxy.events.ProxyEvent;
import io.waymark.proxy.events.ProxyEvent.Subject;
import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.rules.RuleNote;
import io.waymark.source.SourceEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What happens on this node, in Events, in the log and in numbers: kube-proxy's where it has one.
final class NodeTales {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");
    private static final String START = "StartKubeProxy";

    private final Subject node;
    private final EventRecorder events;
    private final ProxyMetrics metrics;

    NodeTales(String nodeName, EventRecorder events, ProxyMetrics metrics) {
        this.metrics = metrics;
        this.node = Subject.node(nodeName);
        this.events = events;
    }

    void started() {
        events.record(new ProxyEvent(node, ProxyEvent.Kind.NORMAL, "Starting", START, ""));
    }

    void healthServerFailed(String why) {
        events.record(ProxyEvent.warning(node, "FailedToStartProxierHealthcheck", START, why));
    }

    void metricServerFailed(String why) {
        events.record(ProxyEvent.warning(node, "FailedToStartMetricServer", START, why));
    }

    /// Something in a Service or its slices that no rule was made of.
    void leftOut(RuleNote note) {
        LOG.warn("Service port {}: {}", note.key().text(), note.text());
        events.record(ProxyEvent.warning(
                Subject.service(note.key().service()),
                note.reason(),
                "ProgramService",
                "port " + note.key().text() + ": " + note.text()));
    }

    /// What the source has done; it logs itself what it leaves out.
    void saw(SourceEvent event) {
        switch (event) {
            case SourceEvent.LeftOut(var kind, var name, var problem) ->
                events.record(ProxyEvent.warning(Subject.of(kind, name), "ObjectLeftOut", "ReadObject", problem));
            case SourceEvent.Requested(var host, int status) -> metrics.requested(host, status);
            case SourceEvent.ListRead(var host, var after) -> metrics.listed(host, after);
            case SourceEvent.Paced(var host, var waited) -> metrics.paced(host, waited);
            case SourceEvent.Servable servable -> {}
            case SourceEvent.Programmed programmed -> {}
        }
    }
}
