package io.waymark.dns.corefile.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.ImportResolver.ImportedFile;
import io.waymark.dns.corefile.ImportResolver.Resolution;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileImportsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void files() throws IOException {
        for (String name : List.of("custom/b.server", "custom/a.server", "custom/a.override", "other/a.server")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.writeString(folder.resolve(name), name);
        }
        Files.createDirectory(folder.resolve("custom/folder.server"));
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(textBlock = """
            custom/a.server,   custom/a.server
            ./custom/a.server, custom/a.server
            custom/*.server,   custom/a.server custom/b.server
            */a.server,        custom/a.server other/a.server
            custom/?.server,   custom/a.server custom/b.server
            custom/a*,         custom/a.override custom/a.server
            custom/*.none,     ''
            none/*,            ''
            """)
    void findsFilesBesideTheOneThatImports(String pattern, String expected) {
        var importing = folder.resolve("Corefile").toString();
        assertThat(new FileImports().resolve(importing, pattern))
                .isInstanceOfSatisfying(Resolution.Files.class, found -> {
                    assertThat(found.files().stream().map(ImportedFile::text).collect(Collectors.joining(" ")))
                            .isEqualTo(expected);
                    assertThat(found.files())
                            .allSatisfy(file -> assertThat(file.name())
                                    .isEqualTo(folder.resolve(file.text()).toString()));
                });
    }

    @Test
    void absolutePathsDoNotDependOnTheOneThatImports() {
        assertThat(new FileImports().resolve("Corefile", folder + "/custom/*.override"))
                .isEqualTo(new Resolution.Files(List.of(
                        new ImportedFile(folder.resolve("custom/a.override").toString(), "custom/a.override"))));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(textBlock = """
            missing,         there is no
            custom,          is a folder; import the files in it by
            custom/*/*,      may hold one * and one ?
            custom/[ab],     may hold one * and one ?
            """)
    void refusesWithTheReason(String pattern, String why) {
        assertThat(new FileImports().resolve(folder.resolve("Corefile").toString(), pattern))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.why()).contains(why));
    }

    @Test
    void aFileThatIsTooLargeIsRefused() throws IOException {
        Files.write(folder.resolve("large"), new byte[FileImports.FILE_OCTETS_MAX + 1]);
        assertThat(new FileImports().resolve(folder.resolve("Corefile").toString(), "large"))
                .isInstanceOfSatisfying(
                        Resolution.Refused.class,
                        refused -> assertThat(refused.why()).contains("is larger than"));
    }
}
