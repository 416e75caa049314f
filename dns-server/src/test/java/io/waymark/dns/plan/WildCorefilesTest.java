package io.waymark.dns.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.corefile.CorefileRead;
import io.waymark.dns.corefile.CorefileReader;
import io.waymark.dns.corefile.ImportResolver.Resolution;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The Corefiles that distributions of Kubernetes install: each can be served as it is.
class WildCorefilesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # file          | blocks
            kubeadm         | 1
            k3s             | 1
            eks             | 1
            node-local-dns  | 4
            """)
    void canBeServed(String name, int blocks) throws IOException {
        var read = CorefileReader.read(
                name, text(name), variable -> Optional.empty(), (file, pattern) -> new Resolution.Files(List.of()));
        assertThat(read).isInstanceOfSatisfying(CorefileRead.Read.class, good -> {
            assertThat(good.corefile().blocks()).hasSize(blocks);
            assertThat(ServerPlan.compile(good.corefile(), 53)).isInstanceOf(PlanRead.Planned.class);
        });
    }

    private static String text(String name) throws IOException {
        try (InputStream in = WildCorefilesTest.class.getResourceAsStream("/corefiles/" + name + ".Corefile")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
