package io.waymark.dns.plugin.kubernetes;

import io.waymark.records.name.DomainName;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What the name of a query is made of, whether or not it exists (Kubernetes DNS specification 1.1.0, §2.3 and §2.4).
/// In lower case; what the name has not is empty.
/// @param kind     `svc` or `pod`
/// @param service  of a Pod's name its address, with dashes
/// @param protocol and `port`: without their underscores
/// @param zone     the topology zone of a name below `_zone`
record NameParts(
        String kind,
        String namespace,
        String service,
        String endpoint,
        String protocol,
        String port,
        String cluster,
        String zone) {
    private static final NameParts NONE = of("", "", "");

    private static NameParts of(String kind, String namespace, String service) {
        return new NameParts(kind, namespace, service, "", "", "", "", "");
    }

    /// Empty if the name can be none of a Service or Pod.
    /// @param name         within `origin`
    /// @param multicluster whether the zone holds what a set of clusters exports
    /// @param zonal        whether there are names by topology zone
    static Optional<NameParts> of(DomainName name, DomainName origin, boolean multicluster, boolean zonal) {
        int count = name.labelsBelow(origin);
        if (count == 0) {
            return Optional.of(NONE);
        }
        var kind = label(name, count - 1);
        if (!kind.equals("svc") && !kind.equals("pod")) {
            return Optional.empty();
        }
        var namespace = count > 1 ? label(name, count - 2) : "";
        var service = count > 2 ? label(name, count - 3) : "";
        return switch (count) {
            case 1 -> Optional.of(NONE);
            case 2, 3 -> Optional.of(of(kind, namespace, service));
            case 4 -> Optional.of(new NameParts(kind, namespace, service, label(name, 0), "", "", "", ""));
            case 5 -> {
                var left = label(name, 0);
                var right = label(name, 1);
                boolean port = !multicluster || left.startsWith("_") || right.startsWith("_");
                yield Optional.of(
                        port
                                ? new NameParts(kind, namespace, service, "", bare(right), bare(left), "", "")
                                : new NameParts(kind, namespace, service, left, "", "", right, ""));
            }
            default ->
                zonal && !multicluster && kind.equals("svc") && isZonal(name, count)
                        ? Optional.of(new NameParts(kind, namespace, service, "", "", "", "", zone(name, count)))
                        : Optional.empty();
        };
    }

    private static boolean isZonal(DomainName name, int count) {
        var way = label(name, count - 5);
        return label(name, count - 4).equals("_zone") && (way.equals("pin") || way.equals("prefer"));
    }

    // The name of a topology zone may have dots.
    private static String zone(DomainName name, int count) {
        return IntStream.range(0, count - 5)
                .mapToObj(index -> label(name, index))
                .collect(Collectors.joining("."));
    }

    private static String label(DomainName name, int index) {
        return name.label(index).toLowerCase(Locale.ROOT);
    }

    private static String bare(String label) {
        return label.startsWith("_") ? label.substring(1) : label;
    }
}
