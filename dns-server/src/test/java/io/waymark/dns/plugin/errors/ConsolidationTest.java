package io.waymark.dns.plugin.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.pattern.GoPattern;
import io.waymark.dns.plugin.errors.ErrorsStage.Rule;
import io.waymark.dns.querylog.LogLevel;
import io.waymark.dns.querylog.QueryLog;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// As the README of CoreDNS' plugin `errors` has it; its lines, octet for octet.
class ConsolidationTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Runnable> endsOfPeriods = new ArrayList<>();

    @ParameterizedTest(name = "{0} errors, show_first {1}, level {2}, debug {3}: {4} shown, then {5}")
    @CsvSource(delimiter = '|', textBlock = """
            2 | false | WARNING | false | 0 | [WARNING] plugin/errors: 2 errors like '^read .* timeout$' occurred in last 5m0s
            1 | false | ERROR   | false | 0 | [ERROR] plugin/errors: 1 errors like '^read .* timeout$' occurred in last 5m0s
            1 | true  | ERROR   | false | 1 | ''
            3 | true  | INFO    | false | 1 | [INFO] plugin/errors: 3 errors like '^read .* timeout$' occurred in last 5m0s
            2 | false | DEBUG   | false | 0 | ''
            2 | false | DEBUG   | true  | 0 | [DEBUG] plugin/errors: 2 errors like '^read .* timeout$' occurred in last 5m0s
            """)
    void errorsAreToldTogetherAtTheEndOfThePeriod(
            int errors, boolean showFirst, LogLevel level, boolean debug, int shown, String line) {
        try (var log = QueryLog.start(new PrintStream(out, false, StandardCharsets.UTF_8), 10)) {
            var rule = new Rule(
                    Duration.ofMinutes(5), GoPattern.read("^read .* timeout$").orElseThrow(), level, showFirst);
            var consolidation = new Consolidation(rule, log, debug, endsOfPeriods::add);
            int written = 0;
            for (int i = 0; i < errors; i++) {
                written += consolidation.shows() ? 1 : 0;
            }
            assertThat(written).isEqualTo(shown);
            assertThat(endsOfPeriods).hasSize(1);
            endsOfPeriods.removeFirst().run();
            consolidation.close();
        }
        assertThat(out.toString(StandardCharsets.UTF_8).strip()).isEqualTo(line);
    }

    @Test
    void theFirstErrorAfterAPeriodBeginsAnother() {
        try (var log = QueryLog.start(new PrintStream(out, false, StandardCharsets.UTF_8), 10)) {
            var rule = new Rule(Duration.ofSeconds(30), GoPattern.read("x").orElseThrow(), LogLevel.ERROR, false);
            var consolidation = new Consolidation(rule, log, false, endsOfPeriods::add);
            consolidation.shows();
            endsOfPeriods.removeFirst().run();
            consolidation.shows();
            assertThat(endsOfPeriods).hasSize(1);
            consolidation.close();
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                [ERROR] plugin/errors: 1 errors like 'x' occurred in last 30s
                [ERROR] plugin/errors: 1 errors like 'x' occurred in last 30s
                """);
    }
}
