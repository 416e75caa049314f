package io.waymark.dns.plugin.kubernetes;

import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.LongestApex;
import io.waymark.dns.pipeline.MetadataProvider;
import io.waymark.records.cluster.Pod;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;

/// What the plugin knows of a query, as `kubernetes/…`: the parts of its name, and who the client's Pod is
/// (with `pods verified`, without which no Pod is known).
public final class KubernetesMetadata implements MetadataProvider {
    private static final String PREFIX = "kubernetes/";
    private static final String CLIENT = "client-";
    private static final String CLIENT_LABEL = "client-label/";

    private final LongestApex<DomainName> zones;
    private final List<DomainName> multicluster;
    private final boolean zonal;
    private final ServedCluster cluster;

    /// @param cluster whose Pods the clients are
    public KubernetesMetadata(KubernetesStage stage, ServedCluster cluster) {
        this.zones = new LongestApex<>(stage.zones().stream()
                .map(zone -> new LongestApex.Apex<>(zone, zone))
                .toList());
        this.multicluster = stage.multicluster();
        this.zonal = stage.answers().zonal();
        this.cluster = cluster;
    }

    @Override
    public Optional<String> metadata(Exchange exchange, String label) {
        if (!label.startsWith(PREFIX)) {
            return Optional.empty();
        }
        var what = label.substring(PREFIX.length());
        if (what.startsWith(CLIENT)) {
            return cluster.index()
                    .client(exchange.view(), exchange.client().ip())
                    .flatMap(pod -> client(pod, what));
        }
        var origin = zones.of(exchange.question());
        if (origin.isEmpty()) {
            return Optional.empty();
        }
        boolean set = multicluster.contains(origin.get());
        var parts = NameParts.of(exchange.question().name(), origin.get(), set, zonal);
        return parts.isPresent()
                ? part(parts.get(), what, set)
                : Optional.of("invalid query name").filter(why -> what.equals("parse-error"));
    }

    private static Optional<String> client(Pod pod, String what) {
        return switch (what) {
            case "client-namespace" -> Optional.of(pod.name().namespace());
            case "client-pod-name" -> Optional.of(pod.name().name());
            default ->
                what.startsWith(CLIENT_LABEL)
                        ? Optional.ofNullable(pod.labels().get(what.substring(CLIENT_LABEL.length())))
                        : Optional.empty();
        };
    }

    private Optional<String> part(NameParts parts, String what, boolean set) {
        return switch (what) {
            case "kind" -> Optional.of(parts.kind());
            case "namespace" -> Optional.of(parts.namespace());
            case "service" -> Optional.of(parts.service());
            case "endpoint" -> Optional.of(parts.endpoint());
            case "protocol" -> Optional.of(parts.protocol());
            case "port-name" -> Optional.of(parts.port());
            case "cluster" -> set ? Optional.of(parts.cluster()) : Optional.empty();
            case "zone" -> zonal ? Optional.of(parts.zone()) : Optional.empty();
            default -> Optional.empty();
        };
    }
}
