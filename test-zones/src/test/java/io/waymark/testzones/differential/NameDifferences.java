package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Told;
import io.waymark.testzones.differential.Difference.Case;
import io.waymark.testzones.differential.Difference.Row;
import java.util.List;

/// The rows about names below the cluster zone, in the order in which they apply.
final class NameDifferences {
    private static final List<String> DIRECTIVES = List.of("pin", "prefer");

    static final List<Difference> ALL = List.of(
            new Difference(
                    "apex-ns",
                    NameDifferences::apexNs,
                    new Row(
                            "NS at the apex of a server that listens on loopback addresses",
                            "n/D",
                            "`ns.dns.Z`",
                            "A zone has name servers (RFC 1034 §4.2.1)")),
            new Difference(
                    "text-nodata",
                    NameDifferences::text,
                    new Row(
                            "TXT at a name that exists without addresses: an apex, `svc.Z`, a namespace",
                            "NXDOMAIN",
                            "n/D",
                            "A name that exists is not denied (RFC 2308 §2.2); resolvers would deny all below it (RFC 8020)")),
            new Difference(
                    "dns-version-nodata",
                    NameDifferences::dnsVersion,
                    new Row(
                            "other types than TXT at `dns-version.Z`",
                            "NXDOMAIN",
                            "n/D",
                            "A name that exists is not denied (RFC 2308 §2.2); resolvers would deny all below it (RFC 8020)")),
            new Difference(
                    "dns-exists",
                    NameDifferences::aboveNameServer,
                    new Row(
                            "`dns.Z`, above `ns.dns.Z`; PTR at `ns.dns.Z`, and SRV where it has capital letters",
                            "NXDOMAIN",
                            "n/D",
                            "It is an empty non-terminal (RFC 4592 §2.2.2)")),
            new Difference(
                    "protocol-exists",
                    NameDifferences::protocol,
                    new Row(
                            "`_tcp.S`, above `_http._tcp.S`",
                            "NXDOMAIN",
                            "n/D",
                            "It is an empty non-terminal (RFC 4592 §2.2.2)")),
            new Difference(
                    "port-without-number",
                    NameDifferences::portWithoutNumber,
                    new Row(
                            "`_a._tcp.S`, where a slice's port `a` has no number",
                            "addresses, n/D for SRV",
                            "NXDOMAIN",
                            "There is nothing to connect to")),
            new Difference(
                    "underscore",
                    NameDifferences::underscore,
                    new Row("`http.tcp.S`", "as `_http._tcp.S`", "NXDOMAIN", "The specification knows no such name")),
            new Difference(
                    "topology-exists",
                    NameDifferences::zones,
                    new Row(
                            "with `zonal`: `_zone.S` and `pin._zone.S`, above `eu-1.pin._zone.S`",
                            "NXDOMAIN",
                            "n/D",
                            "It is an empty non-terminal (RFC 4592 §2.2.2)")),
            new Difference(
                    "topology-idle",
                    NameDifferences::idleZones,
                    new Row(
                            "with `zonal`: `eu-1.pin._zone.S`, where the headless `S` has no ready endpoint",
                            "n/D",
                            "NXDOMAIN",
                            "`S` itself does not exist then, so nothing below it does (RFC 8020)")),
            new Difference(
                    "below-pod",
                    NameDifferences::belowPod,
                    new Row("`x.10-1-2-3.NS.pod.Z`", "as `10-1-2-3.NS.pod.Z`", "NXDOMAIN", "There is no such name")),
            new Difference(
                    "pod-srv",
                    NameDifferences::podSrv,
                    new Row("SRV at the name of a Pod", "port 0", "n/D", "A Pod's name has no ports")));

    private NameDifferences() {}

    /// NS at the apex of a server that is bound to loopback addresses.
    private static Told apexNs(Case given) {
        boolean applies = given.asksFor("NS")
                && given.beside().zoneOf(given.name()).isPresent()
                && given.labels().isEmpty()
                && given.told().isNoData();
        if (!applies) {
            return given.told();
        }
        var ns = "%s %d in ns ns.dns.%s"
                .formatted(given.name(), given.beside().block().ttl(), given.primary());
        return given.told().with("NOERROR", List.of(ns), List.of(), List.of());
    }

    /// TXT at names that exist without addresses.
    private static Told text(Case given) {
        if (!given.asksFor("TXT")
                || !given.isDenied()
                || given.beside().zoneOf(given.name()).isEmpty()) {
            return given.told();
        }
        boolean exists =
                !given.isDenied(given.beside().told(given.about(given.ask().name(), "MX")));
        return exists ? given.noData() : given.told();
    }

    private static Told dnsVersion(Case given) {
        boolean applies = given.isForward() && given.labels().equals(List.of("dns-version")) && !given.asksFor("TXT");
        return applies && given.isDenied() ? given.noData() : given.told();
    }

    private static Told aboveNameServer(Case given) {
        boolean applies = given.isForward()
                && (given.labels().equals(List.of("dns")) || given.labels().equals(List.of("ns", "dns")));
        return applies && given.isDenied() ? given.noData() : given.told();
    }

    /// `_tcp.S`, above the names of the ports of S.
    private static Told protocol(Case given) {
        if (!given.isForward() || given.labels().size() != 4 || !given.isDenied()) {
            return given.told();
        }
        var labels = given.labels();
        boolean applies = labels.get(0).startsWith("_")
                && labels.get(3).equals("svc")
                && hasNamedPort(
                        given, labels.get(2), labels.get(1), labels.get(0).substring(1));
        return applies ? given.noData() : given.told();
    }

    /// `_zone.S` and `pin._zone.S`, above the names of topology zones.
    private static Told zones(Case given) {
        var labels = zonalLabels(given);
        boolean above = labels.size() == 4 || labels.size() == 5 && DIRECTIVES.contains(labels.getFirst());
        boolean applies = above && given.isDenied() && hasReadyHeadless(given, labels);
        return applies ? given.noData() : given.told();
    }

    /// `eu-1.pin._zone.S`, where S has no ready endpoint and therefore no name.
    private static Told idleZones(Case given) {
        var labels = zonalLabels(given);
        boolean applies = labels.size() > 5
                && !given.asksFor("SOA")
                && given.told().isNoData()
                && !hasReadyHeadless(given, labels);
        return applies ? given.missing() : given.told();
    }

    /// The labels of a name at or below `_zone.S`; none for other names and where that means nothing.
    private static List<String> zonalLabels(Case given) {
        if (!given.isForward() || !given.beside().block().options().contains("zonal")) {
            return List.of();
        }
        var labels = given.labels();
        boolean zonal = labels.size() >= 4
                && labels.getLast().equals("svc")
                && labels.get(labels.size() - 4).equals("_zone");
        return zonal ? labels : List.of();
    }

    private static boolean hasReadyHeadless(Case given, List<String> labels) {
        var namespace = labels.get(labels.size() - 2);
        var service = labels.get(labels.size() - 3);
        var cluster = given.beside().cluster();
        return cluster.service(namespace, service)
                        .filter(found -> found.isHeadless() && given.beside().shows(found))
                        .isPresent()
                && cluster.endpoints().stream()
                        .anyMatch(e ->
                                e.namespace().equals(namespace) && e.service().equals(service) && e.ready());
    }

    private static boolean hasNamedPort(Case given, String namespace, String service, String protocol) {
        var found = given.beside().cluster().service(namespace, service);
        if (found.isEmpty() || !given.beside().shows(found.get())) {
            return false;
        }
        if (found.get().isHeadless() && !given.beside().block().hasEndpoints()) {
            return false;
        }
        var ports = found.get().isHeadless()
                ? given.beside().cluster().endpoints().stream()
                        .filter(e ->
                                e.namespace().equals(namespace) && e.service().equals(service) && e.ready())
                        .flatMap(e -> e.ports().stream())
                        .toList()
                : found.get().ports();
        return ports.stream()
                .anyMatch(port -> port.hasNumber()
                        && !port.name().isEmpty()
                        && port.protocol().equalsIgnoreCase(protocol));
    }

    /// `_a._tcp.S`, where the only such port of a slice has no number.
    private static Told portWithoutNumber(Case given) {
        if (!given.isForward()
                || given.asksFor("SOA")
                || given.labels().size() != 5
                || !given.told().rcode().equals("NOERROR")) {
            return given.told();
        }
        var labels = given.labels();
        var ports = given.beside().cluster().endpoints().stream()
                .filter(e -> e.service().equals(labels.get(2)) && e.namespace().equals(labels.get(3)))
                .flatMap(e -> e.ports().stream())
                .toList();
        return !ports.isEmpty() && ports.stream().noneMatch(Cluster.Port::hasNumber) ? given.missing() : given.told();
    }

    /// `http.tcp.S` for `_http._tcp.S`. In the zone of a cluster set that is `ENDPOINT.CLUSTER.S`.
    private static Told underscore(Case given) {
        if (!given.isForward()
                || given.labels().size() != 5
                || !given.labels().get(4).equals("svc")) {
            return given.told();
        }
        boolean port = given.labels().get(0).startsWith("_");
        boolean protocol = given.labels().get(1).startsWith("_");
        boolean plain = given.isOfClusterSet() ? port != protocol : !port || !protocol;
        return plain && given.told().rcode().equals("NOERROR") ? given.missing() : given.told();
    }

    private static Told belowPod(Case given) {
        if (!given.isForward()
                || given.labels().size() < 4
                || !given.labels().getLast().equals("pod")) {
            return given.told();
        }
        return given.told().rcode().equals("NOERROR") ? given.missing() : given.told();
    }

    private static Told podSrv(Case given) {
        boolean applies = given.isForward()
                && given.asksFor("SRV")
                && given.labels().size() == 3
                && given.labels().get(2).equals("pod");
        return applies && !given.told().answer().isEmpty() ? given.noData() : given.told();
    }
}
