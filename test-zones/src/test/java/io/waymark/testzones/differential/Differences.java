package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.differential.Difference.Case;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// All rows of `docs/differences.md` that an answer can show, in the order in which they apply:
/// first what changes the outcome, then what changes each message.
final class Differences {
    private static final Pattern SOA_SERIAL = Pattern.compile("^(\\S+) (\\d+ in soa (\\S+ \\S+) )(\\d+)( .*)$");

    /// Changes nothing here: [Expected#agreesWith] compares what is left after a cut.
    static final Difference TRUNCATION = Difference.always("truncation", told -> told);

    private static final int NOTIFY = 4;
    private static final List<String> DIRECTIVES = List.of("pin", "prefer");

    /// What is refused before anybody looks at the question.
    private static final List<Difference> REFUSALS = List.of(
            new Difference("notify", Differences::notification),
            new Difference("badvers-size", Differences::badVersion));

    private static final List<Difference> ANSWERS = Stream.of(
                    List.of(
                            new Difference("apex-ns", Differences::apexNs),
                            new Difference("text-nodata", Differences::text),
                            new Difference("dns-version-nodata", Differences::dnsVersion),
                            new Difference("dns-exists", Differences::aboveNameServer),
                            new Difference("protocol-exists", Differences::protocol),
                            new Difference("port-without-number", Differences::portWithoutNumber),
                            new Difference("underscore", Differences::underscore),
                            new Difference("topology-exists", Differences::zones),
                            new Difference("topology-idle", Differences::idleZones),
                            new Difference("below-pod", Differences::belowPod),
                            new Difference("pod-srv", Differences::podSrv)),
                    ReverseDifferences.ALL,
                    AliasDifferences.ALL,
                    List.of(
                            TRUNCATION,
                            new Difference("soa-nxdomain", Differences::soaOfMissing),
                            new Difference("class", Differences::otherClass),
                            new Difference("hosts-case", Differences::hostsCase),
                            new Difference("recursion-available", Differences::recursionAvailable),
                            new Difference("soa-serial", Differences::serial)))
            .flatMap(List::stream)
            .toList();

    private Differences() {}

    /// The rows that may apply to a question.
    static List<Difference> of(Ask ask) {
        return ask.form().opcode() == 0 && ask.form().ednsVersion() == 0 ? ANSWERS : REFUSALS;
    }

    private static Told otherClass(Case given) {
        if (given.ask().form().dnsClass().equals("IN")) {
            return given.told();
        }
        return given.ours().withFlag("aa", false).with("REFUSED", List.of(), List.of(), List.of());
    }

    /// NOTIFY is not for us, whatever it is about.
    private static Told notification(Case given) {
        return given.ask().form().opcode() == NOTIFY
                ? Told.headerAlone("NOTIMP", given.ask().form().recursionDesired())
                : given.told();
    }

    /// The size is that of the query here too.
    private static Told badVersion(Case given) {
        return given.told().rcode().equals("BADVERS")
                ? given.told()
                        .withEdns(given.told()
                                .edns()
                                .replace("size 0 ", "size " + given.ask().form().edns() + " "))
                : given.told();
    }

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
        boolean applies = labels.size() > 5 && given.told().isNoData() && !hasReadyHeadless(given, labels);
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

    /// SOA below the apex of a zone: as any other type that is not there.
    private static Told soaOfMissing(Case given) {
        boolean applies = given.asksFor("SOA")
                && given.beside().zoneOf(given.name()).isPresent()
                && !given.labels().isEmpty()
                && given.told().isNoData();
        return applies
                ? given.beside()
                        .expected(given.about(given.ask().name(), "MX"), given.waymark())
                        .told()
                : given.told();
    }

    /// `hosts` spells owners in lower case.
    private static Told hostsCase(Case given) {
        return given.isOfHosts() ? given.told().withOwnersAsAsked() : given.told();
    }

    private static Told recursionAvailable(Case given) {
        boolean ours = given.told().flags().contains("aa") && !given.isOfTemplate();
        return ours && given.beside().block().forward() ? given.told().withFlag("ra", true) : given.told();
    }

    /// The serial of our own zones, which is the same for all replicas.
    private static Told serial(Case given) {
        var told = given.told();
        return told.with(
                told.rcode(),
                told.answer().stream().map(line -> serial(line, given)).toList(),
                told.authority().stream().map(line -> serial(line, given)).toList(),
                told.additional());
    }

    private static String serial(String line, Case given) {
        var soa = SOA_SERIAL.matcher(line);
        if (!soa.matches() || !given.beside().block().zones().contains(line.substring(0, line.indexOf(' ')))) {
            return line;
        }
        for (var ours : given.waymark().all()) {
            var other = SOA_SERIAL.matcher(ours);
            // Not compared here: the TTL, which runs down in a cache.
            if (other.matches()
                    && other.group(1).equals(soa.group(1))
                    && other.group(3).equals(soa.group(3))) {
                return soa.group(1) + " " + soa.group(2) + other.group(4) + soa.group(5);
            }
        }
        return line;
    }

    /// The ids of all rows.
    static Set<String> ids() {
        var ids = new HashSet<String>();
        var twice = new ArrayList<String>();
        Stream.concat(REFUSALS.stream(), ANSWERS.stream())
                .forEach(difference -> twice.addAll(ids.add(difference.id()) ? List.of() : List.of(difference.id())));
        if (!twice.isEmpty()) {
            throw new IllegalStateException("these rows stand there twice: " + twice);
        }
        return ids;
    }
}
