package io.waymark.testzones.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Ask.Form;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.ControlPlane;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `k8s_external` on a real API server (`external/cluster.yaml`): real CoreDNS and `./waymark dns` get the same
/// questions, without and with `headless`, and their answers are equal but for what docs/differences.md says.
class ExternalDifferentialTest {
    private static final List<String> TYPES =
            List.of("A", "AAAA", "SRV", "PTR", "TXT", "MX", "NS", "SOA", "CNAME", "ANY");
    private static final List<Form> FORMS = List.of(Form.PLAIN, Form.ROOMY);
    private static final String NO_DATA = "NOERROR";
    private static final String MISSING = "NXDOMAIN";
    private static final String NAMED = "named.shop.ext.test.";
    private static final List<String> APEXES = List.of("203.in-addr.arpa.", "8.b.d.0.1.0.0.2.ip6.arpa.");

    /// Names of which nothing is said here but that they exist, or that they do not.
    private static final Map<String, String> OTHERWISE = Map.of(
            "x.cart.shop.ext.test.", MISSING,
            "x.named.shop.ext.test.", MISSING,
            "http.tcp.cart.shop.ext.test.", MISSING,
            "_tcp.cart.shop.ext.test.", NO_DATA,
            "_tcp.db.shop.ext.test.", NO_DATA,
            "113.0.203.in-addr.arpa.", NO_DATA);

    @Test
    void servicesAreSeenFromOutsideAsCoreDnsShowsThem() throws IOException {
        Peers.require("coredns");
        try (var plane = ControlPlane.start()) {
            plane.api().apply(resource("cluster.yaml"));
            var theirs = environment(plane);
            var ours = environment(plane);
            try (var coredns = DnsProcess.coreDns(plane.folder(), resource("Corefile"), theirs);
                    var waymark = DnsProcess.waymark(plane.folder(), resource("Corefile"), ours, List.of())) {
                coredns.awaitReady();
                waymark.awaitReady();
                for (var block : List.of("DNS", "DNS_HEADLESS")) {
                    compare(Integer.parseInt(theirs.get(block)), Integer.parseInt(ours.get(block)));
                }
            }
        }
    }

    private static void compare(int theirs, int ours) throws IOException {
        var asks = asks();
        var expected = Asker.askAll(theirs, asks);
        var told = Asker.askAll(ours, asks);
        var differing = new ArrayList<String>();
        for (int i = 0; i < asks.size(); i++) {
            if (!asExpected(asks.get(i), withoutSerial(expected.get(i)), withoutSerial(told.get(i)))) {
                differing.add(asks.get(i) + "\n  CoreDNS " + expected.get(i) + "\n  Waymark " + told.get(i));
            }
        }
        assertThat(String.join("\n", differing)).isEmpty();
        assertThat(expected).as("CoreDNS answers").doesNotContain(Told.SILENT);
        assertThat(expected.stream().filter(each -> !each.answer().isEmpty()).count())
                .isGreaterThan(40);
    }

    private static boolean asExpected(Ask ask, Told expected, Told told) {
        return nothing(ask)
                .map(rcode -> expected.equals(told)
                        || told.rcode().equals(rcode)
                                && told.answer().isEmpty()
                                && told.authority().size() == 1)
                .orElseGet(() -> ofBalancer(ask, expected).equals(told));
    }

    /// The code, if nothing but that is said here where CoreDNS says something else.
    private static Optional<String> nothing(Ask ask) {
        if (ask.name().equals("_http._tcp." + NAMED) && List.of("A", "AAAA").contains(ask.type())) {
            return Optional.of(NO_DATA);
        }
        // A reverse name with a PTR record, and those above it, exist.
        boolean pointer = ask.name().endsWith(".arpa.") && !ask.type().equals("PTR");
        boolean apex = APEXES.contains(ask.name());
        return pointer && !apex
                ? Optional.of(ask.name().startsWith("9.") ? MISSING : NO_DATA)
                : Optional.ofNullable(OTHERWISE.get(ask.name()));
    }

    /// A balancer's name is an alias, whoever asks; the addresses of its target are not sent along.
    private static Told ofBalancer(Ask ask, Told expected) {
        if (ask.name().equals(NAMED) && ask.type().equals("CNAME")) {
            return expected.with(NO_DATA, List.of(NAMED + " 9 in cname one.balancers.test."), List.of(), List.of());
        }
        return List.of(NAMED, "_http._tcp." + NAMED).contains(ask.name())
                        && ask.type().equals("SRV")
                ? expected.with(expected.rcode(), expected.answer(), expected.authority(), List.of())
                : expected;
    }

    /// Row soa-serial of docs/differences.md. Owners have the letters of the question.
    private static Told withoutSerial(Told told) {
        return told.withOwnersAsAsked()
                .with(told.rcode(), withoutSerial(told.answer()), withoutSerial(told.authority()), told.additional());
    }

    private static List<String> withoutSerial(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst(" in soa (\\S+) (\\S+) \\d+ ", " in soa $1 $2 _ "))
                .toList();
    }

    private static List<Ask> asks() throws IOException {
        return resource("names")
                .lines()
                .flatMap(name -> TYPES.stream().flatMap(type -> asks(name, type)))
                .toList();
    }

    private static Stream<Ask> asks(String name, String type) {
        return FORMS.stream().map(form -> new Ask(name, type, form));
    }

    private static Map<String, String> environment(ControlPlane plane) {
        var environment = new HashMap<String, String>();
        environment.put("KUBECONFIG", plane.kubeconfig().toString());
        for (var name : List.of("READY", "DNS", "DNS_HEADLESS")) {
            environment.put(name, Integer.toString(Program.freePort()));
        }
        return environment;
    }

    private static String resource(String name) throws IOException {
        try (var in = ExternalDifferentialTest.class.getResourceAsStream("/external/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
