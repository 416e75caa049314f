package io.waymark.testzones.caching;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/// Each configuration of `cache` in front of each story that an upstream can tell, to CoreDNS and to
/// `./waymark dns`: both say the same, with TTLs within a second, and ask upstream as often.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CacheDifferentialTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String SOA = "test. 60 IN SOA ns.test. x.test. 1 2 3 4 60";

    private static final Map<String, List<String>> STORIES = Map.ofEntries(
            story("minute", "NOERROR / @ 60 IN A 192.0.2.1"),
            story("zero", "NOERROR / @ 0 IN A 192.0.2.1"),
            story("second", "NOERROR / @ 1 IN A 192.0.2.1"),
            story("day", "NOERROR / @ 86400 IN A 192.0.2.1"),
            story(
                    "sections",
                    "NOERROR / @ 60 IN A 192.0.2.1; @ 40 IN A 192.0.2.2 / test. 50 IN NS ns.test. / ns.test. 30 IN A 192.0.2.3"),
            story("alias", "NOERROR / @ 60 IN CNAME b.test.; b.test. 30 IN A 192.0.2.1"),
            story("nowhere", "NOERROR / @ 60 IN CNAME b.test."),
            story("circle", "NOERROR / @ 60 IN CNAME b.test.; b.test. 60 IN CNAME @"),
            story("nodata", "NOERROR / / " + SOA),
            story("aliasnodata", "NOERROR / @ 60 IN CNAME b.test. / " + SOA),
            story("empty", "NOERROR"),
            story("referral", "NOERROR / / sub.test. 60 IN NS ns.test. / ns.test. 60 IN A 192.0.2.3"),
            story("denied", "NXDOMAIN / / " + SOA),
            story("deniedlong", "NXDOMAIN / / test. 86400 IN SOA ns.test. x.test. 1 2 3 4 86400"),
            story("deniedbare", "NXDOMAIN"),
            story("deniedalias", "NXDOMAIN / @ 60 IN CNAME b.test. / " + SOA),
            story("servfail", "SERVFAIL"),
            story("servfailonce", "SERVFAIL", "NOERROR / @ 60 IN A 192.0.2.1"),
            story("notimp", "NOTIMP"),
            story("refused", "REFUSED"),
            story("formerr", "FORMERR"),
            story("authority", "NOERROR aa / @ 60 IN A 192.0.2.1"),
            story("signed", "NOERROR ad / @ 60 IN A 192.0.2.1"),
            story("changes", "NOERROR / @ 1 IN A 192.0.2.1", "NOERROR / @ 60 IN A 192.0.2.2"),
            story("vanishes", "NOERROR / @ 1 IN A 192.0.2.1", "NXDOMAIN / / " + SOA),
            story("breaks", "NOERROR / @ 1 IN A 192.0.2.1", "SERVFAIL"));

    /// One server block each, in the order of their numbers.
    private static final List<String> BLOCKS = List.of(
            "cache",
            "cache 30",
            "cache {\n success 1024 20 10\n denial 1024 15 10\n}",
            "cache {\n success 1024 30 0\n denial 1024 30 0\n}",
            "cache {\n servfail 0\n}",
            "cache {\n servfail 1m\n keepttl\n}",
            "cache {\n disable success\n}",
            "cache {\n disable denial a.test\n}",
            "cache 10 a.test",
            "cache {\n success 1024 60 1\n serve_stale\n}",
            "cache {\n success 1024 60 1\n serve_stale 1h verify\n}",
            "cache {\n success 1024 60 1\n serve_stale 1h immediate 7s\n}",
            "cache {\n success 1024 60 1\n}");

    private final Map<String, String> theirs = new HashMap<>();
    private final Map<String, String> ours = new HashMap<>();
    private ScratchFolder folder;
    private TellingServer behindTheirs;
    private TellingServer behindOurs;
    private DnsProcess coredns;
    private DnsProcess waymark;

    private static Map.Entry<String, List<String>> story(String name, String... replies) {
        return Map.entry(name, List.of(replies));
    }

    @BeforeAll
    void start() {
        Peers.require("coredns");
        folder = new ScratchFolder("caching");
        behindTheirs = behind(theirs);
        behindOurs = behind(ours);
        var corefile = IntStream.range(0, BLOCKS.size())
                .mapToObj(i -> ".:{$B" + i + "} {\n bind 127.0.0.1\n"
                        + (i == 0 ? " ready 127.0.0.1:{$READY}\n" : "")
                        + BLOCKS.get(i) + "\n forward . 127.0.0.1:{$UPSTREAM}\n}\n")
                .collect(joining());
        coredns = DnsProcess.coreDns(folder.path(), corefile, theirs).awaitReady();
        waymark = DnsProcess.waymark(folder.path(), corefile, ours, List.of()).awaitReady();
        for (int block = 0; block < BLOCKS.size(); block++) {
            keepSomething(block);
        }
    }

    private static TellingServer behind(Map<String, String> environment) {
        int port = Program.freePort();
        environment.put("UPSTREAM", Integer.toString(port));
        environment.put("READY", Integer.toString(Program.freePort()));
        for (int i = 0; i < BLOCKS.size(); i++) {
            environment.put("B" + i, Integer.toString(Program.freePort()));
        }
        return new TellingServer(port, STORIES);
    }

    /// Waymark makes room for answers when it keeps the first one, and does not wait for it.
    private void keepSomething(int block) {
        var name = (BLOCKS.get(block).contains("disable success") ? "denied" : "minute") + ".first.a.test.";
        Await.until("block " + block + " keeps", PATIENCE, () -> {
            int before = behindOurs.asked(name);
            ask(ours, block, name);
            return behindOurs.asked(name) == before && before > 0;
        });
    }

    @AfterAll
    void stop() {
        for (AutoCloseable part : new AutoCloseable[] {waymark, coredns, behindOurs, behindTheirs, folder}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(part + " does not close", e);
            }
        }
    }

    Stream<Arguments> cases() {
        return IntStream.range(0, BLOCKS.size())
                .boxed()
                .flatMap(block -> STORIES.keySet().stream()
                        .sorted()
                        .filter(story -> !isTimed(story, block))
                        .flatMap(story -> Stream.of("b" + block + ".test.", "b" + block + ".a.test.")
                                .map(zone -> Arguments.of(block, story + "." + zone))));
    }

    /// Whether the answer could be over between two of the three questions.
    private static boolean isTimed(String story, int block) {
        boolean keepsShortly =
                BLOCKS.get(block).contains("60 1\n") || BLOCKS.get(block).contains("30 0\n");
        return keepsShortly && STORIES.get(story).getFirst().matches(".* [01] IN A .*");
    }

    @ParameterizedTest(name = "block {0}, {1}")
    @MethodSource("cases")
    void saysWhatCoreDnsSays(int block, String name) {
        for (int time = 1; time <= 3; time++) {
            assertAlike(ask(ours, block, name), ask(theirs, block, name), "time " + time);
        }
        assertThat(behindOurs.asked(name)).as("upstream was asked").isEqualTo(behindTheirs.asked(name));
    }

    @ParameterizedTest(name = "block {0}, {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # block | story    | what is seen, one after the other
            10      | changes  | 192.0.2.1, 192.0.2.2
            10      | vanishes | 192.0.2.1, NXDOMAIN
            10      | breaks   | 192.0.2.1, 192.0.2.1 over
            9       | breaks   | 192.0.2.1, 192.0.2.1 over
            9       | changes  | 192.0.2.1, 192.0.2.1 over, 192.0.2.2
            9       | vanishes | 192.0.2.1, 192.0.2.1 over, NXDOMAIN
            12      | changes  | 192.0.2.1, 192.0.2.2
            12      | vanishes | 192.0.2.1, NXDOMAIN
            12      | breaks   | 192.0.2.1, SERVFAIL
            """)
    void whatIsOverIsServedAsCoreDnsServesIt(int block, String story, String seen) {
        var name = story + ".over" + block + ".test.";
        assertThat(seen(theirs, block, name, seen)).isEqualTo(seen);
        assertThat(seen(ours, block, name, seen)).isEqualTo(seen);
    }

    /// Asks until the last of what is expected is seen; all that was seen, without repetitions.
    private static String seen(Map<String, String> environment, int block, String name, String expected) {
        var states = new ArrayList<String>();
        var last = expected.substring(expected.lastIndexOf(',') + 1).strip();
        Await.until(name + " says " + last, PATIENCE, () -> {
            var state = state(ask(environment, block, name));
            if (states.isEmpty() || !states.getLast().equals(state)) {
                states.add(state);
            }
            return state.equals(last);
        });
        return String.join(", ", states);
    }

    private static String state(Told told) {
        if (told.answer().isEmpty()) {
            return told.rcode();
        }
        var words = told.answer().getFirst().split(" ");
        return words[4] + (words[1].equals("0") ? " over" : "");
    }

    private static Told ask(Map<String, String> environment, int block, String name) {
        return Asker.ask(Integer.parseInt(environment.get("B" + block)), Ask.roomy(name, "A"));
    }

    /// Alike but for TTLs that differ by a second, which may have passed between the two questions.
    private static void assertAlike(Told ours, Told theirs, String when) {
        assertThat(ours.rcode()).as(when).isEqualTo(theirs.rcode());
        assertThat(ours.flags()).as(when + ": " + ours).isEqualTo(theirs.flags());
        assertThat(withoutTtl(ours.all())).as(when).isEqualTo(withoutTtl(theirs.all()));
        for (int i = 0; i < ours.all().size(); i++) {
            assertThat(ttl(ours.all().get(i)) - ttl(theirs.all().get(i)))
                    .as("%s: %s, but CoreDNS %s", when, ours, theirs)
                    .isBetween(-1L, 1L);
        }
    }

    private static List<String> withoutTtl(List<String> lines) {
        return lines.stream().map(line -> line.replaceFirst(" [0-9]+ ", " ")).toList();
    }

    private static long ttl(String line) {
        return Long.parseLong(line.split(" ")[1]);
    }
}
