package io.waymark.testzones.observed;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import io.waymark.testzones.peer.ScratchFolder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The same Corefile and the same queries to real CoreDNS and to `./waymark dns`; then what each says
/// about them, in its scrape and in its log.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedTest {
    /// Lines that the questions of blocks with `log` leave.
    private static final int LOGGED = 8;
    private static final String COREFILE = """
            who.test:{$PORT} {
                bind 127.0.0.1
                ready 127.0.0.1:{$READY}
                health 127.0.0.1:{$HEALTH}
                prometheus 127.0.0.1:{$METRICS}
                log . "1 {combined}" {
                    class success
                }
                whoami
            }
            hosts.test:{$PORT} {
                bind 127.0.0.1
                prometheus 127.0.0.1:{$METRICS}
                metadata
                log a.hosts.test b.hosts.test "2 {remote} {local} {type} {class} {name} {proto} {>do} {>bufsize} {rcode} {>rflags} {rsize} {/log/type} {/log/class} {/none} {oops}"
                log hosts.test {
                    class denial error
                }
                errors {
                    stacktrace
                }
                hosts {
                    10.0.0.1 a.hosts.test
                    10.0.0.2 b.hosts.test
                    10.0.0.3 b.hosts.test
                    fd00::1 b.hosts.test
                }
            }
            acl.test:{$PORT} {
                bind 127.0.0.1
                prometheus 127.0.0.1:{$METRICS}
                acl {
                    block type MX
                    filter type TXT
                }
                whoami
            }
            quiet.test:{$PORT} {
                bind 127.0.0.1
                whoami
            }
            """;

    private static final Ask.Form CHAOS = new Ask.Form(0, false, true, "CH", 0);
    private static final List<Ask> QUERIES = List.of(
            new Ask("who.test.", "A", Ask.Form.PLAIN),
            new Ask("who.test.", "AAAA", Ask.Form.PLAIN),
            new Ask("x.Who.Test.", "TYPE999", Ask.Form.DNSSEC_OK),
            new Ask("a.hosts.test.", "A", Ask.Form.PLAIN),
            new Ask("a.hosts.test.", "AAAA", Ask.Form.PLAIN),
            new Ask("b.hosts.test.", "A", Ask.Form.ROOMY),
            new Ask("b.hosts.test.", "AAAA", Ask.Form.DNSSEC_OK),
            new Ask("acl.test.", "MX", Ask.Form.PLAIN),
            new Ask("acl.test.", "TXT", Ask.Form.PLAIN),
            new Ask("acl.test.", "SRV", Ask.Form.PLAIN),
            new Ask("quiet.test.", "A", Ask.Form.PLAIN),
            new Ask("nowhere.", "A", Ask.Form.PLAIN),
            new Ask("who.test.", "TXT", CHAOS));

    /// Of CoreDNS alone: what a JVM has not, and counters without labels of plugins that the Corefile
    /// has not, which only CoreDNS shows as 0.
    private static final Pattern THEIRS_ALONE =
            Pattern.compile("go_.*|promhttp_.*|coredns_(forward|local)_.*|coredns_reload_(?!failed_total).*");
    /// Of Waymark alone.
    private static final Pattern OURS_ALONE = Pattern.compile("jvm_.*|waymark_.*");

    private static final Pattern MASK = Pattern.compile("(127\\.0\\.0\\.1:)\\d+( - )\\d+|\\d[.\\de-]*s( \"0\")?$");

    private ScratchFolder folder;
    private DnsProcess coredns;
    private DnsProcess waymark;
    private Scrape theirs;
    private Scrape ours;

    @BeforeAll
    void start() {
        Peers.require("coredns");
        folder = new ScratchFolder("observed");
        var there = ports();
        var here = ports();
        coredns = DnsProcess.coreDns(folder.path(), COREFILE, there);
        waymark = DnsProcess.waymark(folder.path(), COREFILE, here, List.of());
        coredns.awaitReady();
        waymark.awaitReady();
        ask(there);
        ask(here);
        Await.until(
                "both have checked themselves",
                Duration.ofSeconds(20),
                () -> List.of(there, here).stream()
                        .allMatch(ports -> Scrape.of(Integer.parseInt(ports.get("METRICS")))
                                .labels()
                                .containsKey("coredns_health_request_duration_seconds_count")));
        theirs = Scrape.of(Integer.parseInt(there.get("METRICS")));
        ours = Scrape.of(Integer.parseInt(here.get("METRICS")));
    }

    private static Map<String, String> ports() {
        var ports = new TreeMap<String, String>();
        for (var name : List.of("PORT", "READY", "HEALTH", "METRICS")) {
            ports.put(name, Integer.toString(Program.freePort()));
        }
        return ports;
    }

    private static void ask(Map<String, String> ports) {
        int port = Integer.parseInt(ports.get("PORT"));
        QUERIES.forEach(query -> Asker.ask(port, query));
        Asker.askOverTcp(port, QUERIES.getFirst());
    }

    @AfterAll
    void stop() {
        for (var part : new AutoCloseable[] {coredns, waymark, folder}) {
            try {
                if (part != null) {
                    part.close();
                }
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @Test
    void familiesHaveTheSameNamesAndTypes() {
        assertThat(without(ours.types(), OURS_ALONE)).isEqualTo(without(theirs.types(), THEIRS_ALONE));
    }

    @Test
    void samplesHaveTheSameLabels() {
        assertThat(without(ours.labels(), OURS_ALONE)).isEqualTo(without(theirs.labels(), THEIRS_ALONE));
    }

    @Test
    void histogramsHaveTheSameBounds() {
        assertThat(without(ours.bounds(), OURS_ALONE)).isEqualTo(without(theirs.bounds(), THEIRS_ALONE));
    }

    @Test
    void queriesAreCountedTheSameWay() {
        for (var name : Set.of(
                "coredns_dns_requests_total",
                "coredns_dns_do_requests_total",
                "coredns_acl_blocked_requests_total",
                "coredns_acl_filtered_requests_total",
                "coredns_acl_allowed_requests_total")) {
            assertThat(ports(ours.counted(name))).as(name).isEqualTo(ports(theirs.counted(name)));
        }
    }

    @Test
    void logsHaveTheSameLinesButForPortsIdsAndDurations() {
        // CoreDNS answers, and logs, several at a time: the order of lines is nobody's promise.
        Await.until(
                "both logs are written",
                Duration.ofSeconds(5),
                () -> Math.min(lines(waymark).size(), lines(coredns).size()) >= LOGGED);
        assertThat(lines(waymark)).hasSize(LOGGED).containsExactlyInAnyOrderElementsOf(lines(coredns));
    }

    private static List<String> lines(DnsProcess process) {
        return process.program()
                .log()
                .lines()
                .filter(line -> line.startsWith("[INFO] 1") || line.startsWith("[INFO] 2"))
                .map(line -> MASK.matcher(line).replaceAll("$1P$2I"))
                .toList();
    }

    private static String ports(String samples) {
        return samples.replaceAll("127\\.0\\.0\\.1:\\d+", "127.0.0.1:P");
    }

    private static Map<String, String> without(Map<String, String> all, Pattern alone) {
        var rest = new TreeMap<>(all);
        new TreeSet<>(all.keySet())
                .stream().filter(name -> alone.matcher(name).matches()).forEach(rest::remove);
        return rest;
    }
}
