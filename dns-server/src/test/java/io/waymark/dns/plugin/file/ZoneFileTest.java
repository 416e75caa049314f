package io.waymark.dns.plugin.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.masterfile.StaticAnswer;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A master file that changes, goes wrong and comes back.
class ZoneFileTest {
    private static final DomainName ORIGIN = DomainName.of("example.org.");

    @TempDir
    private Path folder;

    private Path path;
    private ZoneFile file;

    @BeforeEach
    void nameTheFile() {
        path = folder.resolve("db.example.org");
        file = new ZoneFile(path, ORIGIN, false);
    }

    @Test
    void aFileThatIsMissingMayComeLater() throws IOException {
        file.look();
        assertThat(file.zone()).isEmpty();
        assertThat(file.trouble()).isEqualTo("there is no file " + path);
        write(1, "a IN A 10.0.0.1");
        file.look();
        assertThat(says("a")).isTrue();
        assertThat(file.trouble()).isEmpty();
    }

    @Test
    void aChangeCountsWithAnotherSerialOnly() throws IOException {
        write(7, "a IN A 10.0.0.1");
        file.look();
        write(7, "b IN A 10.0.0.1");
        file.look();
        assertThat(says("b")).isFalse();
        write(6, "b IN A 10.0.0.1");
        file.look();
        assertThat(says("b")).isTrue();
    }

    @Test
    void byTimeANewerFileCountsWhateverItsSerialIs() throws IOException {
        file = new ZoneFile(path, ORIGIN, true);
        write(7, "a IN A 10.0.0.1");
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000));
        file.look();
        write(8, "b IN A 10.0.0.1");
        Files.setLastModifiedTime(path, FileTime.fromMillis(1_000));
        file.look();
        assertThat(says("b")).isFalse();
        Files.setLastModifiedTime(path, FileTime.fromMillis(2_000));
        file.look();
        assertThat(says("b")).isTrue();
    }

    @Test
    void aFileThatGoesWrongKeepsTheZoneAndSaysWhichLineItIs() throws IOException {
        write(1, "a IN A 10.0.0.1");
        file.look();
        write(2, "a IN A 10.0.0.1\nb IN A 10.0.0.256");
        file.look();
        assertThat(file.trouble()).startsWith(path + ":4: ").contains("10.0.0.256");
        assertThat(says("a")).isTrue();
        Files.writeString(path, "a 60 IN A 10.0.0.1\n");
        file.look();
        assertThat(file.trouble()).isEqualTo(path + ": there is no SOA record of example.org.");
        Files.delete(path);
        file.look();
        assertThat(says("a")).isTrue();
    }

    @Test
    void anIncludedFileHasTheOriginOfItsLineAndItsOwnLines() throws IOException {
        Files.writeString(folder.resolve("more"), "b IN A 10.0.0.2\n$ORIGIN deep.sub.example.org.\nc IN A 10.0.0.3\n");
        write(1, "$INCLUDE more sub\na IN A 10.0.0.1");
        file.look();
        assertThat(file.trouble()).isEmpty();
        assertThat(says("a")).isTrue();
        assertThat(says("b.sub")).isTrue();
        assertThat(says("c.deep.sub")).isTrue();
        Files.writeString(folder.resolve("more"), "b IN A 10.0.0.2\nc IN A x\n");
        write(2, "$INCLUDE more sub\na IN A 10.0.0.1");
        file.look();
        assertThat(file.trouble()).startsWith(folder.resolve("more") + ":2: ");
        write(3, "$INCLUDE gone");
        file.look();
        assertThat(file.trouble()).isEqualTo("there is no file " + folder.resolve("gone"));
    }

    @Test
    void filesThatIncludeEachOtherEnd() throws IOException {
        write(1, "$INCLUDE db.example.org");
        file.look();
        assertThat(file.trouble()).contains("more than 8 files include each other here");
    }

    private void write(int serial, String records) throws IOException {
        Files.writeString(path, "$TTL 60\n@ IN SOA ns admin " + serial + " 7200 1800 86400 60\n" + records + "\n");
    }

    private boolean says(String name) {
        var answer = file.zone().orElseThrow().answer(DomainName.of(name + ".example.org."), RecordType.A, false);
        return answer instanceof StaticAnswer.Said said && !said.answer().isEmpty();
    }
}
