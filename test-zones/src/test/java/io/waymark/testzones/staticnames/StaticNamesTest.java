package io.waymark.testzones.staticnames;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The same files to CoreDNS and to `./waymark dns`, the same questions to both.
class StaticNamesTest {
    private static final int SHOWN = 10;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 20261123})
    void aZoneOfAMasterFileSaysWhatItSaysThere(long seed) throws IOException {
        var zone = GeneratedZone.seeded(seed);
        Files.writeString(folder.resolve("db.example.org"), zone.text());
        // CoreDNS has wildcards answer for empty non-terminals.
        compare(
                "file " + folder.resolve("db.example.org") + " example.org",
                zone.asks(),
                (ask, told) -> zone.isEmptyNonTerminal(ask.name()) && told.isNoData());
    }

    @Test
    void aFileOfHostsSaysWhatItSaysThere() throws IOException {
        Files.writeString(folder.resolve("hosts"), """
                10.0.0.1 One.example.org one  # two.example.org
                10.0.0.2\ttwo.example.org one.example.org
                fd00::1 two.example.org
                fe80::1%eth0 link.example.org
                ::ffff:10.0.0.3 mapped.example.org
                10.0.0.4 *.apps.example.org
                10.0.0.5 named.apps.example.org
                10.0.0.256 wrong.example.org
                127.0.0.1 localhost
                """);
        var asks = new ArrayList<Ask>();
        for (var name : List.of(
                "one.example.org.",
                "ONE.example.org.",
                "one.",
                "two.example.org.",
                "link.example.org.",
                "mapped.example.org.",
                "x.apps.example.org.",
                "x.y.apps.example.org.",
                "named.apps.example.org.",
                "wrong.example.org.",
                "inline.example.org.",
                "localhost.",
                "apps.example.org.",
                "example.org.",
                "1.0.0.10.in-addr.arpa.",
                "2.0.0.10.in-addr.arpa.",
                "3.0.0.10.in-addr.arpa.",
                "4.0.0.10.in-addr.arpa.",
                "9.0.0.10.in-addr.arpa.",
                "0.0.10.in-addr.arpa.",
                "1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.")) {
            for (var type : List.of("A", "AAAA", "PTR", "TXT", "SOA", "ANY")) {
                asks.add(Ask.roomy(name, type));
            }
        }
        var options = " {\n 10.0.0.9 inline.example.org two.example.org\n ttl 60\n }";
        compare("hosts " + folder.resolve("hosts") + options, asks);
        compare("hosts " + folder.resolve("hosts") + " example.org" + options, asks);
        compare("hosts " + folder.resolve("hosts") + " {\n no_reverse\n fallthrough\n }\n whoami", asks);
        compare(
                "hosts " + folder.resolve("hosts")
                        + " example.org {\n fallthrough apps.example.org\n fallthrough_unsupported\n }\n whoami",
                asks);
    }

    private void compare(String plugins, List<Ask> asks) throws IOException {
        compare(plugins, asks, (ask, told) -> false);
    }

    /// @param differs whether an answer of ours is meant to be another than CoreDNS'
    private void compare(String plugins, List<Ask> asks, BiPredicate<Ask, Told> differs) throws IOException {
        Peers.require("coredns");
        var corefile = ".:{$PORT} {\n bind 127.0.0.1\n ready 127.0.0.1:{$READY}\n " + plugins + "\n}\n";
        var theirs = environment();
        var ours = environment();
        try (var coredns = DnsProcess.coreDns(folder, corefile, theirs);
                var waymark = DnsProcess.waymark(folder, corefile, ours, List.of())) {
            coredns.awaitReady();
            waymark.awaitReady();
            var expected = told(theirs, asks);
            var told = told(ours, asks);
            var differing = new ArrayList<String>();
            for (int i = 0; i < asks.size(); i++) {
                if (!asExpected(expected.get(i), told.get(i)) && !differs.test(asks.get(i), told.get(i))) {
                    differing.add(asks.get(i) + "\n  CoreDNS " + expected.get(i) + "\n  Waymark " + told.get(i));
                }
            }
            assertThat(differing.size())
                    .as(() -> String.join("\n", differing.subList(0, Math.min(SHOWN, differing.size()))))
                    .isZero();
        }
    }

    private static List<Told> told(Map<String, String> environment, List<Ask> asks) {
        return Asker.askAll(Integer.parseInt(environment.get("PORT")), asks).stream()
                .map(StaticNamesTest::withoutPort)
                .toList();
    }

    /// Each server is asked from a port of its own, which `whoami` says.
    private static Told withoutPort(Told told) {
        var additional = told.additional().stream()
                .map(line -> line.replaceFirst(" in srv 0 0 \\d+ \\.", " in srv 0 0 _ ."))
                .toList();
        return told.with(told.rcode(), told.answer(), told.authority(), additional);
    }

    /// Equal; but behind an alias only the code and the answer are, and CoreDNS neither notices aliases
    /// that lead in a circle nor looks whether the last name has the type. Owners have the letters of the
    /// question (CoreDNS' `hosts` has them in lower case).
    private static boolean asExpected(Told expected, Told told) {
        if (told.rcode().equals("SERVFAIL") && isAlias(expected)) {
            return true;
        }
        return isAlias(expected)
                ? expected.rcode().equals(told.rcode()) && expected.answer().equals(told.answer())
                : expected.withOwnersAsAsked().equals(told);
    }

    private static boolean isAlias(Told told) {
        return told.answer().stream().anyMatch(line -> line.contains(" in cname "));
    }

    private static Map<String, String> environment() {
        return Map.of("PORT", Integer.toString(Program.freePort()), "READY", Integer.toString(Program.freePort()));
    }
}
