package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Told;
import io.waymark.testzones.differential.Difference.Case;
import io.waymark.testzones.differential.Difference.Row;
import java.util.List;
import java.util.function.Predicate;

/// The rows of `docs/differences.md` about names of addresses, in the order in which they apply.
final class ReverseDifferences {
    static final List<Difference> ALL = List.of(
            new Difference(
                    "reverse-length",
                    ReverseDifferences::tooManyNibbles,
                    new Row(
                            "a name below `ip6.arpa` with more than 32 nibbles",
                            "some are read as an address",
                            "NXDOMAIN, or the next plugin's answer",
                            "It is no address (RFC 3596 §2.5)")),
            new Difference(
                    "orphan-ptr",
                    ReverseDifferences::orphan,
                    new Row(
                            "PTR of an endpoint whose slice belongs to no Service that exists",
                            "a name that does not exist; no reply at all if the slice names no Service",
                            "as an address that leads nowhere",
                            "A PTR leads to a name that resolves")),
            new Difference(
                    "ptr-namespace-labels",
                    ReverseDifferences::hiddenNamespace,
                    new Row(
                            "PTR into a Namespace that `namespace_labels` leaves out",
                            "its names",
                            "as an address that leads nowhere",
                            "What is hidden is hidden both ways")),
            new Difference(
                    "ptr-empty-service",
                    ReverseDifferences::emptyService,
                    new Row(
                            "PTR of the ClusterIP of a Service that `ignore empty_service` leaves out",
                            "its name, which does not resolve",
                            "as if the Service were not there: what endpoints have that address, or nothing",
                            "What is hidden is hidden both ways")),
            new Difference(
                    "reverse-nodata",
                    ReverseDifferences::otherType,
                    new Row(
                            "other types than PTR at the reverse name of an address",
                            "NXDOMAIN, or the next plugin's answer",
                            "n/D",
                            "The name exists")),
            new Difference(
                    "reverse-ancestor",
                    ReverseDifferences::ancestor,
                    new Row(
                            "a reverse name above one with a PTR record",
                            "NXDOMAIN, or the next plugin's answer",
                            "n/D",
                            "It is an empty non-terminal")));

    private ReverseDifferences() {}

    /// More nibbles than an IPv6 address has.
    private static Told tooManyNibbles(Case given) {
        boolean applies = given.isReverse()
                && given.name().endsWith(".ip6.arpa.")
                && given.labels().size() > 32
                && !given.told().answer().isEmpty();
        return applies ? given.missing() : given.told();
    }

    /// A PTR that leads to a Service which is gone, or to none.
    private static Told orphan(Case given) {
        if (given.isReverse() && given.asksFor("PTR") && given.told().rcode().equals("SILENT")) {
            return given.missing();
        }
        return pointers(
                given, line -> given.beside().cluster().serviceOfPointer(line).isPresent());
    }

    /// A PTR into a Namespace that the option `namespace_labels` leaves out.
    private static Told hiddenNamespace(Case given) {
        return pointers(
                given,
                line -> given.beside()
                        .cluster()
                        .serviceOfPointer(line)
                        .filter(given.beside()::showsNamespaceOf)
                        .isPresent());
    }

    /// A PTR to a Service that the option `ignore empty_service` leaves out: the endpoints of that address are
    /// left, for which CoreDNS does not look behind a ClusterIP.
    private static Told emptyService(Case given) {
        var kept = pointers(given, given.beside()::leadsToShown);
        var endpoints = kept.equals(given.told()) ? List.<String>of() : endpoints(given);
        return endpoints.isEmpty() ? kept : given.told().with("NOERROR", endpoints, List.of(), List.of());
    }

    private static List<String> endpoints(Case given) {
        var beside = given.beside();
        return beside.shownEndpoints().stream()
                .filter(endpoint -> Questions.reverseName(endpoint.address()).equals(given.name()))
                .map(endpoint -> "%s %d in ptr %s.%s.%s.svc.%s"
                        .formatted(
                                given.name(),
                                beside.block().ttl(),
                                endpoint.hostname().isEmpty()
                                        ? Questions.dashed(endpoint.address())
                                        : endpoint.hostname(),
                                endpoint.service(),
                                endpoint.namespace(),
                                given.primary()))
                .distinct()
                .sorted()
                .toList();
    }

    private static Told pointers(Case given, Predicate<String> isKept) {
        if (!given.isReverse() || !given.asksFor("PTR") || given.isOfHosts()) {
            return given.told();
        }
        var kept = given.told().answer().stream().filter(isKept).toList();
        if (kept.size() == given.told().answer().size()) {
            return given.told();
        }
        return kept.isEmpty()
                ? given.missing()
                : given.told()
                        .with(
                                "NOERROR",
                                kept,
                                given.told().authority(),
                                given.told().additional());
    }

    private static Told otherType(Case given) {
        if (!given.isReverse()
                || given.isOfHosts()
                || given.asksFor("PTR", "SOA")
                || given.told().flags().contains("aa") && given.told().isNoData()) {
            return given.told();
        }
        var pointers = given.beside().expected(given.about(given.ask().name(), "PTR"), given.waymark());
        return pointers.told().answer().isEmpty() ? given.told() : given.noData();
    }

    /// Fewer labels than an address, above one that leads somewhere.
    private static Told ancestor(Case given) {
        if (!given.isReverse()
                || given.told().rcode().equals("NOERROR")
                        && given.told().flags().contains("aa")) {
            return given.told();
        }
        return given.beside().hasPointerBelow(given.name()) ? given.noData() : given.told();
    }
}
