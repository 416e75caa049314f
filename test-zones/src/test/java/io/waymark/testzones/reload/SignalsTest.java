package io.waymark.testzones.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Signals, to CoreDNS and to `./waymark dns`: what an operator's scripts know of the one, they find in the other.
class SignalsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Ask WEB = Ask.roomy("web.example.org.", "A");

    @TempDir
    private Path folder;

    private final int port = Program.freePort();
    private final Map<String, String> environment = Map.of(
            "PORT",
            Integer.toString(port),
            "READY",
            Integer.toString(Program.freePort()),
            "HEALTH",
            Integer.toString(Program.freePort()),
            "METRICS",
            Integer.toString(Program.freePort()));

    enum Server {
        COREDNS,
        WAYMARK
    }

    private DnsProcess start(Server server, String corefile) {
        return switch (server) {
            case COREDNS -> DnsProcess.coreDns(folder, corefile, environment).awaitReady();
            case WAYMARK ->
                DnsProcess.waymark(folder, corefile, environment, List.of()).awaitReady();
        };
    }

    private void write(Server server, String corefile) throws IOException {
        Files.writeString(folder.resolve(server.name().toLowerCase(Locale.ROOT) + ".Corefile"), corefile);
    }

    private static String corefile(int ttl) {
        return ".:{$PORT} {\n bind 127.0.0.1\n ready 127.0.0.1:{$READY}\n prometheus 127.0.0.1:{$METRICS}\n"
                + " health 127.0.0.1:{$HEALTH} {\n lameduck 15s\n }\n"
                + " hosts /dev/null {\n 10.0.0.80 web.example.org\n ttl " + ttl + "\n }\n}\n";
    }

    @ParameterizedTest
    @EnumSource
    void aReloadIsAskedForBySigusr1AndABadCorefileKeepsTheOneBefore(Server server) throws IOException {
        try (var process = start(server, corefile(60))) {
            assertThat(ttl()).isEqualTo(60);
            reload(process, 1);
            assertThat(ttl()).as("an unchanged one is served as it was").isEqualTo(60);

            write(server, "this is no Corefile {");
            process.program().signal("USR1");
            awaitSaid(process, "[ERROR]");
            assertThat(ttl()).isEqualTo(60);

            write(server, corefile(61));
            reload(process, 2);
            assertThat(ttl()).isEqualTo(61);
            assertThat(process.program().log()).contains("[INFO] ", "SIGUSR1: Reloading");
            if (server == Server.WAYMARK) {
                assertThat(scrape())
                        .contains("coredns_reload_failed_total 1")
                        .containsPattern("coredns_reload_version_info\\{hash=\"sha512\",value=\"[0-9a-f]{128}\"} 1");
            }
        }
    }

    private static void reload(DnsProcess process, int times) {
        process.program().signal("USR1");
        Await.until(
                "it has reloaded " + times + " times",
                PATIENCE,
                () -> process.program().log().split("Reloading complete", -1).length > times,
                process.program()::logEnd);
    }

    @ParameterizedTest(name = "{1} to {0}")
    @CsvSource({"COREDNS, HUP", "WAYMARK, HUP", "WAYMARK, USR2", "WAYMARK, QUIT"})
    void aSignalThatMeansNothingEndsNothing(Server server, String signal) throws IOException {
        try (var process = start(server, corefile(60))) {
            process.program().signal(signal);
            reload(process, 1);
            process.program().signal(signal);
            assertThat(ttl()).isEqualTo(60);
            assertThat(process.program().isRunning()).isTrue();
            if (signal.equals("QUIT")) {
                assertThat(process.program().log()).contains("Full thread dump");
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void anInterruptEndsItInOrderAndASecondOneAtOnce(Server server) {
        try (var process = start(server, corefile(60))) {
            process.program().signal("INT");
            awaitSaid(process, "SIGINT: Shutting down");
            assertThat(ttl()).as("it is a lame duck").isEqualTo(60);
            process.program().signal("INT");
            assertThat(process.program().exitCode(Duration.ofSeconds(10))).isEqualTo(2);
            awaitSaid(process, "SIGINT: Force quit");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"})
    void whoIsToldToEndSaysSoAndEndsWithNothingWrong(String signal) {
        for (var server : Server.values()) {
            try (var process = start(server, corefile(60).replace("15s", "1s"))) {
                process.program().signal(signal);
                assertThat(process.program().exitCode(PATIENCE))
                        .as(process.program()::logEnd)
                        .isZero();
                assertThat(process.program().log()).contains("SIG" + signal + ": Shutting down");
            }
        }
    }

    private static void awaitSaid(DnsProcess process, String words) {
        Await.until(
                "the log has " + words,
                PATIENCE,
                () -> process.program().log().contains(words),
                process.program()::logEnd);
    }

    private String scrape() throws IOException {
        var page = URI.create("http://127.0.0.1:" + environment.get("METRICS") + "/metrics");
        try (var in = page.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private int ttl() {
        var told = Asker.askOverTcp(port, WEB);
        return told.answer().isEmpty()
                ? -1
                : Integer.parseInt(told.answer().getFirst().split(" ")[1]);
    }
}
