package io.waymark.dns.plugin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A file that changes, goes and comes back.
class HostsFileTest {
    @TempDir
    private Path folder;

    @Test
    void aFileThatComesLaterIsReadAndOneThatGoesLeavesItsNames() throws IOException {
        var path = folder.resolve("hosts");
        var file = new HostsFile(path, List.of(DomainName.ROOT), true);
        file.look();
        assertThat(addresses(file)).isZero();
        Files.writeString(path, "10.0.0.1 a\n");
        file.look();
        assertThat(addresses(file)).isEqualTo(1);
        Files.delete(path);
        file.look();
        assertThat(addresses(file)).isEqualTo(1);
        Files.createDirectory(path);
        file.look();
        assertThat(addresses(file)).isEqualTo(1);
    }

    @Test
    void aChangeShowsByTheTimeOrByTheSize() throws IOException {
        var path = folder.resolve("hosts");
        var file = new HostsFile(path, List.of(DomainName.ROOT), true);
        write(path, "10.0.0.1 a\n", 1_000);
        file.look();
        assertThat(file.changedAt()).isEqualTo(1);
        write(path, "10.0.0.1 a\n10.0.0.2 a\n", 1_000);
        file.look();
        assertThat(addresses(file)).isEqualTo(2);
        write(path, "10.0.0.1 a\n10.0.0.2 b\n", 2_000);
        file.look();
        assertThat(addresses(file)).isEqualTo(1);
        assertThat(file.changedAt()).isEqualTo(2);
    }

    private static void write(Path path, String text, long changedMillis) throws IOException {
        Files.writeString(path, text);
        Files.setLastModifiedTime(path, FileTime.fromMillis(changedMillis));
    }

    private static int addresses(HostsFile file) {
        return file.table().find(DomainName.of("a."), RecordType.A).size();
    }
}
