package io.waymark.testzones.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordSet;
import io.waymark.records.rr.RecordType;
import io.waymark.records.view.View;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.ClusterZone;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.IndexConfig;
import io.waymark.records.zone.LookupResult;
import io.waymark.records.zone.PodMode;
import io.waymark.records.zone.ReverseZone;
import io.waymark.records.zone.Zone;
import io.waymark.source.SourceScope;
import io.waymark.source.directory.DirectoryConfig;
import io.waymark.source.directory.DirectorySource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The tables of the demo's README, row by row: question, type, answer, because.
class DemoTest {
    private static final Path DEMO = Path.of(System.getProperty("waymark.root")).resolve("test-zones/demo");
    private static final DomainName ORIGIN = DomainName.of("cluster.local.");
    private static final Pattern ROW = Pattern.compile("\\| `([^`]+)` \\| ([A-Z]+) \\| (.*) \\| .* \\|");

    private static final ClusterIndex INDEX = new ClusterIndex(IndexConfig.DEFAULT);
    private static DirectorySource source;

    @BeforeAll
    static void readTheDemo() throws InterruptedException {
        var synced = new CountDownLatch(1);
        source = new DirectorySource(List.of(DEMO), DirectoryConfig.DEFAULT, SourceScope.DEFAULT);
        source.start(new ClusterListener() {
            @Override
            public void changed(ClusterState state, ClusterChange change) {
                INDEX.changed(state, change);
            }

            @Override
            public void synced(ClusterState state) {
                INDEX.synced(state);
                synced.countDown();
            }
        });
        assertThat(synced.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @AfterAll
    static void close() {
        source.close();
    }

    @Test
    void nothingIsWrongWithTheDemo() {
        source.close();
        assertThat(source.freshness().trouble()).isEmpty();
    }

    static Stream<Arguments> rows() throws IOException {
        return Files.readAllLines(DEMO.resolve("README.md")).stream()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .map(row -> Arguments.of(row.group(1), row.group(2), row.group(3)));
    }

    @ParameterizedTest(name = "{0} {1} says {2}")
    @MethodSource("rows")
    void theReadmeIsRight(String question, String type, String answer) {
        var said = said(DomainName.of(question), RecordType.parse(type).orElseThrow());
        if (answer.equals("some address")) {
            assertThat(said).hasSize(1).first().asString().matches("[0-9.]+");
        } else if (answer.startsWith("nothing")) {
            assertThat(said).containsExactly(answer.replaceAll(".*\\((.*)\\)", "$1"));
        } else {
            assertThat(said)
                    .containsExactlyInAnyOrder(answer.replaceAll("^`|`$", "").split("` `"));
        }
    }

    @Test
    void theTablesAreNotEmpty() throws IOException {
        assertThat(rows()).hasSizeGreaterThan(25);
    }

    private static List<String> said(DomainName name, RecordType type) {
        var reverse = DomainName.of("in-addr.arpa.");
        var config = new ClusterZoneConfig(ORIGIN, ClusterZoneConfig.TTL_DEFAULT, PodMode.DISABLED, List.of());
        Zone zone = name.isWithin(reverse)
                ? new ReverseZone(reverse, config, INDEX)
                : new ClusterZone(ORIGIN, config, INDEX);
        return switch (zone.lookup(View.ALL, name, type)) {
            case LookupResult.Answer(var answer, var additional) -> data(answer);
            case LookupResult.Alias(var aliases, var target) -> data(aliases);
            case LookupResult.NoData(var aliases, var soa) -> List.of("NODATA");
            case LookupResult.NxDomain(var aliases, var soa) -> List.of("NXDOMAIN");
            case LookupResult.OutOfZone() -> List.of("OUT OF ZONE");
        };
    }

    private static List<String> data(List<RecordSet> sets) {
        return sets.stream()
                .flatMap(set -> set.data().stream())
                .map(DemoTest::text)
                .toList();
    }

    private static String text(RecordData data) {
        return switch (data) {
            case RecordData.A(var address) -> address.toString();
            case RecordData.Aaaa(var address) -> address.toString();
            case RecordData.Srv(int priority, int weight, int port, var target) ->
                priority + " " + weight + " " + port + " " + target;
            case RecordData.Ptr(var target) -> target.toString();
            case RecordData.Cname(var target) -> target.toString();
            case RecordData.Ns ns -> ns.toString();
            case RecordData.Mx mx -> mx.toString();
            case RecordData.Soa soa -> soa.toString();
            case RecordData.Txt txt -> txt.toString();
            case RecordData.Unknown unknown -> unknown.toString();
        };
    }
}
