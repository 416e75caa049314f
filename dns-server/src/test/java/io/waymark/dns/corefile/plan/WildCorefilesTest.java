package io.waymark.dns.corefile.plan;

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

/// The Corefiles that distributions of Kubernetes install: each is one by its syntax, and all that
/// stands between it and a start are plugins this version does not have yet.
class WildCorefilesTest {

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            # file          | blocks | plugins that are missing
            kubeadm         | 1      | cache loadbalance
            k3s             | 1      | cache loadbalance
            eks             | 1      | cache loadbalance
            node-local-dns  | 4      | cache cache cache cache
            """)
    void areCorefiles(String name, int blocks, String missing) throws IOException {
        var read = CorefileReader.read(
                name, text(name), variable -> Optional.empty(), (file, pattern) -> new Resolution.Files(List.of()));
        assertThat(read).isInstanceOfSatisfying(CorefileRead.Read.class, good -> {
            assertThat(good.corefile().blocks()).hasSize(blocks);
            assertThat(ServerPlan.compile(good.corefile(), 53))
                    .isInstanceOfSatisfying(
                            PlanRead.Failed.class,
                            failed -> assertThat(failed.problems())
                                    .extracting(problem -> problem.message().split("\"")[1])
                                    .containsExactly(missing.split(" ")));
        });
    }

    private static String text(String name) throws IOException {
        try (InputStream in = WildCorefilesTest.class.getResourceAsStream("/corefiles/" + name + ".Corefile")) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
