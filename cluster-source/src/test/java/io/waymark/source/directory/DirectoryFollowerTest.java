package io.waymark.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.source.Freshness;
import io.waymark.source.SourceScope;
import io.waymark.source.directory.ManifestTree.Root;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of files over time. Time stands still between two looks; nothing here waits.
class DirectoryFollowerTest {
    private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");

    @TempDir
    Path directory;

    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final List<String> changes = new ArrayList<>();
    private final List<Long> versions = new ArrayList<>();
    private Instant now = START;
    private Instant written = START.minus(Duration.ofDays(1));
    private DirectoryFollower follower;
    private Freshness freshness = Freshness.NOT_YET;

    private final ClusterListener listener = new ClusterListener() {
        @Override
        public void changed(ClusterState state, ClusterChange change) {
            versions.add(state.version());
            if (change instanceof ClusterChange.OfService(var name, var before, var after)) {
                changes.add(after.map(PlanText::of).orElse("gone " + name));
            }
        }

        @Override
        public void synced(ClusterState state) {
            changes.add("synced");
        }
    };

    @BeforeEach
    void follow() {
        follow(directory, true);
    }

    private void follow(Path path, boolean isDirectory) {
        var report = new SourceReport() {
            @Override
            public void note(String text) {
                notes.add(text.replace(directory + "/", ""));
            }

            @Override
            public void warn(String text) {
                warnings.add(text.replace(directory + "/", ""));
            }
        };
        var library = new ManifestLibrary(List.of(new Root(path, isDirectory)), SourceScope.DEFAULT);
        follower = new DirectoryFollower(library, DirectoryConfig.DEFAULT, SourceScope.DEFAULT, report);
    }

    @Test
    void theFirstLookTakesFilesAsTheyAreAndSaysWhatItFound() throws IOException {
        write("a.yaml", service("a", "10.96.1.1") + "---\n" + "{apiVersion: apps/v1, kind: Deployment}\n");
        write(
                "sub/b.json",
                "{\"apiVersion\":\"v1\",\"kind\":\"Service\",\"metadata\":{\"name\":\"b\"},"
                        + "\"spec\":{\"type\":\"ExternalName\",\"externalName\":\"example.com\"}}");
        write("sub/notes.txt", "no manifest");
        write(".hidden/c.yaml", service("c", "10.96.1.3"));
        look();
        assertThat(changes)
                .containsExactly(
                        "service default/a 10.96.1.1 =80/TCP",
                        "service default/b -> example.com",
                        "service default/kubernetes 10.96.0.1 https=443/TCP",
                        "synced");
        assertThat(notes)
                .containsExactly(
                        "read 2 files: 3 Services, 0 EndpointSlices, 1 Namespace",
                        "passed over, for no name is made of them: 1 Deployment",
                        "added what a cluster would: Namespaces default; Service default/kubernetes");
        assertThat(warnings).isEmpty();
        assertThat(freshness).isEqualTo(new Freshness(true, now, ""));
    }

    @Test
    void aChangeIsBelievedWhenTwoLooksSeeItTheSame() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        write("a.yaml", service("a", "10.96.1.2"));
        look();
        assertThat(changes).isEmpty();
        look();
        assertThat(changes).containsExactly("service default/a 10.96.1.2 =80/TCP");
    }

    @Test
    void onlyWhatChangedIsToldThoughLinesMove() throws IOException {
        write("a.yaml", service("a", "10.96.1.1") + "---\n" + service("b", "10.96.1.2"));
        begin();
        write("a.yaml", "# a comment\n" + service("a", "10.96.1.1") + "---\n" + service("b", "10.96.1.3"));
        settle();
        assertThat(changes).containsExactly("service default/b 10.96.1.3 =80/TCP");
    }

    /// Size and time as before: as coarse times and a quick editor can have it.
    @Test
    void aSecondChangeWithinTheSameSecondIsSeen() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        var file = directory.resolve("a.yaml");
        var time = FileTime.from(now);
        Files.writeString(file, service("a", "10.96.1.2"));
        Files.setLastModifiedTime(file, time);
        settle();
        Files.writeString(file, service("a", "10.96.1.3"));
        Files.setLastModifiedTime(file, time);
        settle();
        assertThat(changes.getLast()).isEqualTo("service default/a 10.96.1.3 =80/TCP");
    }

    @Test
    void aFileThatIsNoYamlKeepsItsObjectsAndIsToldOnce() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        write("a.yaml", service("a", "10.96.1.1") + "  po");
        settle();
        settle();
        assertThat(changes).isEmpty();
        assertThat(warnings)
                .containsExactly("a.yaml:9:5: not YAML: could not find expected ':' while scanning a simple key; "
                        + "the last good objects of this file stay");
        assertThat(freshness.trouble()).isEqualTo(directory + "/" + warnings.getFirst());
        write("a.yaml", service("a", "10.96.1.2"));
        settle();
        assertThat(notes).containsExactly("a.yaml is good again");
        assertThat(freshness.trouble()).isEmpty();
        assertThat(changes).containsExactly("service default/a 10.96.1.2 =80/TCP");
    }

    /// Cut off at each character: what is left may be good, but never loses what was served.
    @Test
    void noCutOffFileTakesItsServiceAway() throws IOException {
        var whole = service("cart", "10.96.1.1");
        write("a.yaml", whole);
        begin();
        for (int length = 0; length < whole.length(); length++) {
            write("a.yaml", whole.substring(0, length));
            settle();
        }
        assertThat(changes).doesNotContain("gone default/cart");
    }

    @Test
    void anObjectThatBecomesImpossibleKeepsItsLastGoodForm() throws IOException {
        write("a.yaml", service("a", "10.96.1.1") + "---\n" + service("b", "10.96.1.2"));
        begin();
        write("a.yaml", service("a", "10.96.1.256") + "---\n" + service("b", "10.96.1.3"));
        settle();
        settle();
        assertThat(changes).containsExactly("service default/b 10.96.1.3 =80/TCP");
        assertThat(warnings)
                .containsExactly("a.yaml:6:14: Service default/a: spec.clusterIP: found 10.96.1.256; expected an IP "
                        + "address, such as 10.96.0.10 or fd00::10; its last good form stays");
    }

    @Test
    void anObjectThatWasNeverPossibleIsLeftOut() throws IOException {
        write("a.yaml", service("a", "10.96.1.256") + "---\n" + service("b", "10.96.1.2"));
        look();
        assertThat(changes).contains("service default/b 10.96.1.2 =80/TCP").noneMatch(text -> text.contains("/a "));
        assertThat(warnings).singleElement().asString().endsWith("; it is left out");
    }

    @Test
    void aDeletedFileTakesItsObjectsWithIt() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        Files.delete(directory.resolve("a.yaml"));
        look();
        assertThat(changes).isEmpty();
        look();
        assertThat(changes).containsExactly("gone default/a");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aFileThatIsReplacedByItsNameIsNeverGone() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        Files.delete(directory.resolve("a.yaml"));
        look();
        write("a.yaml", service("a", "10.96.1.2"));
        settle();
        assertThat(changes).containsExactly("service default/a 10.96.1.2 =80/TCP");
    }

    @Test
    void anEmptiedFileKeepsItsObjects() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        write("a.yaml", "");
        settle();
        settle();
        assertThat(changes).isEmpty();
        assertThat(warnings)
                .containsExactly("a.yaml: found an empty file; its last good objects stay until it is deleted");
        write("a.yaml", "# nothing, and meant so\n");
        settle();
        assertThat(changes).containsExactly("gone default/a");
    }

    @Test
    void aFileThatBecomesALinkToNothingKeepsItsObjects() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        Files.delete(directory.resolve("a.yaml"));
        Files.createSymbolicLink(directory.resolve("a.yaml"), directory.resolve("nowhere"));
        settle();
        settle();
        assertThat(changes).isEmpty();
        assertThat(warnings)
                .containsExactly("a.yaml: the link leads to nothing; the last good objects of this file stay");
        Files.delete(directory.resolve("a.yaml"));
        write("a.yaml", service("a", "10.96.1.1"));
        settle();
        assertThat(changes).isEmpty();
        assertThat(notes).containsExactly("a.yaml is good again");
    }

    /// As the kubelet mounts it: links beside hidden versions, and one link that is turned.
    @Test
    void aConfigMapThatTurnsItsLinkIsRead() throws IOException {
        write("..v1/a.yaml", service("a", "10.96.1.1"));
        write("..v2/a.yaml", service("a", "10.96.1.2"));
        var data = directory.resolve("..data");
        Files.createSymbolicLink(data, Path.of("..v1"));
        Files.createSymbolicLink(directory.resolve("a.yaml"), Path.of("..data/a.yaml"));
        begin();
        var turned = Files.createSymbolicLink(directory.resolve("..tmp"), Path.of("..v2"));
        Files.move(turned, data, StandardCopyOption.ATOMIC_MOVE);
        settle();
        assertThat(changes).containsExactly("service default/a 10.96.1.2 =80/TCP");
        assertThat(warnings).isEmpty();
    }

    @Test
    void aDirectoryThatGoesAwayKeepsItsObjectsUntilItIsBack() throws IOException {
        var root = directory.resolve("root");
        write("root/a.yaml", service("a", "10.96.1.1"));
        follow(root, true);
        begin();
        Files.move(root, directory.resolve("elsewhere"));
        settle();
        settle();
        assertThat(changes).isEmpty();
        assertThat(warnings).containsExactly("root: cannot be looked into: there is nothing; what was read stays");
        write("root/b.yaml", service("b", "10.96.1.2"));
        settle();
        assertThat(changes).containsExactly("gone default/a", "service default/b 10.96.1.2 =80/TCP");
        assertThat(notes).containsExactly("root is good again");
    }

    @Test
    void aNamedFileIsReadWhateverItsNameEndsIn() throws IOException {
        write("dump", service("a", "10.96.1.1"));
        write("b.yaml", service("b", "10.96.1.2"));
        follow(directory.resolve("dump"), false);
        look();
        assertThat(changes).contains("service default/a 10.96.1.1 =80/TCP").noneMatch(text -> text.contains("/b "));
        Files.delete(directory.resolve("dump"));
        settle();
        assertThat(changes.getLast()).isEqualTo("gone default/a");
    }

    @Test
    void linksInACircleEndInAWarning() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        Files.createSymbolicLink(directory.resolve("again"), directory);
        look();
        look();
        assertThat(changes).contains("service default/a 10.96.1.1 =80/TCP", "synced");
        assertThat(warnings).singleElement().asString().startsWith("again: cannot be looked into: the link leads back");
    }

    @Test
    void theSameObjectInTwoFilesIsToldOnce() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        write("b.yaml", service("a", "10.96.1.2"));
        look();
        write("c.yaml", service("c", "10.96.1.3"));
        settle();
        assertThat(changes).contains("service default/a 10.96.1.2 =80/TCP");
        assertThat(warnings).singleElement().asString().startsWith("b.yaml:1: Service default/a is also in ");
    }

    @Test
    void aServiceThatMovesToAnotherFileIsNoChange() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        begin();
        Files.move(directory.resolve("a.yaml"), directory.resolve("z.yaml"));
        settle();
        settle();
        assertThat(changes).isEmpty();
    }

    @Test
    void theVersionBeginsWithTheNewestFilesTimeAndGrowsWithEachChange() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        look();
        long first = versions.getLast();
        assertThat(first).isEqualTo(written.getEpochSecond());
        write("b.yaml", service("b", "10.96.1.2"));
        settle();
        assertThat(versions.getLast()).isEqualTo(first + 1);
    }

    @Test
    void aFileFromTheFutureDoesNotRunAheadOfTheClock() throws IOException {
        write("a.yaml", service("a", "10.96.1.1"));
        Files.setLastModifiedTime(directory.resolve("a.yaml"), FileTime.from(START.plus(Duration.ofDays(9_999))));
        look();
        assertThat(versions.getLast()).isEqualTo(now.getEpochSecond());
    }

    /// Looks, and forgets what was told of it.
    private void begin() {
        look();
        changes.clear();
        notes.clear();
    }

    private void settle() {
        look();
        look();
    }

    private void look() {
        now = now.plusMillis(200);
        freshness = follower.look(now, listener);
    }

    /// Writes as a day ago, a second after the last, so that times tell of all that a test writes.
    private void write(String name, String text) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        written = written.plusSeconds(1);
        Files.setLastModifiedTime(file, FileTime.from(written));
    }

    private static String service(String name, String address) {
        return """
                apiVersion: v1
                kind: Service
                metadata:
                  name: %s
                spec:
                  clusterIP: %s
                  ports:
                  - port: 80
                """.formatted(name, address);
    }
}
