package io.waymark.dns.corefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.waymark.dns.plan.EffectiveConfig;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Any text at all gives a plan or problems, within bounds, and the same each time.
class CorefileFuzzTest {
    private static final List<String> WORDS = List.of("""
            . { } .:53 a.org 10.0.0.0/23 fd00::/9 dns:// tls://x , " \\ # (s) import s f {$A} {%A%} {$ errors log \
            class denial health :8080 lameduck 5s 1h30m -1 ready kubernetes cluster.local in-addr.arpa pods \
            insecure ttl 30 fallthrough namespaces labels a=b endpoint https://h kubeconfig forward \
            /etc/resolv.conf [::1]:53 max_fails policy random health_check no_rec domain except bind \
            127.0.0.1 cache frward \ufeff \u00a0""".split(" "));

    private static final List<String> BETWEEN = List.of("", " ", " ", "\n", "\n", " {\n", "\n}\n", "\r");

    private static void isTotal(String text) {
        var first = plan(text);
        assertThat(plan(text)).isEqualTo(first);
        switch (first) {
            case PlanRead.Planned(var plan) ->
                assertThat(EffectiveConfig.text(plan)).endsWith("\n");
            case PlanRead.Failed(var problems, var warnings) ->
                assertThat(problems).isNotEmpty();
        }
    }

    private static PlanRead plan(String text) {
        var imports = CorefileText.imports(Map.of("f", "log\nimport s", "g", ". { errors }"));
        return ServerPlan.read("Corefile", text, name -> Optional.of(name + "{$B} x"), imports, 53);
    }

    @FuzzTest(maxDuration = "2m")
    void everyInputGivesAValue(byte[] octets) {
        isTotal(new String(octets, StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4711})
    void everySoupOfTokensGivesAValue(long seed) {
        var random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            var soup = new StringBuilder();
            int length = random.nextInt(60);
            for (int j = 0; j < length; j++) {
                soup.append(WORDS.get(random.nextInt(WORDS.size())))
                        .append(BETWEEN.get(random.nextInt(BETWEEN.size())));
            }
            isTotal(soup.toString());
        }
    }
}
