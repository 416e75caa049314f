package io.waymark.testzones.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// dnsperf, which asks for one name a thousand times a second over UDP, each time once.
/// Lifecycle: [#start], asking for a minute at most, [#end], [#close].
final class Load implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Program dnsperf;

    private Load(Program dnsperf) {
        this.dnsperf = dnsperf;
    }

    /// Returns when it has been answered for a while.
    static Load start(Path folder, int port, String name) throws IOException {
        var questions = Files.writeString(folder.resolve("questions"), name + " A\n");
        var load = new Load(Program.start(
                "dnsperf",
                folder.resolve("dnsperf.log"),
                Map.of(),
                List.of(
                        Peers.require("dnsperf").toString(),
                        "-s",
                        "127.0.0.1",
                        "-p",
                        Integer.toString(port),
                        "-d",
                        questions.toString(),
                        "-c",
                        "8",
                        "-Q",
                        "1000",
                        "-S",
                        "0.2",
                        "-l",
                        "60",
                        "-W")));
        load.goOn();
        return load;
    }

    /// Returns when it has gone on for four tenths of a second or more.
    void goOn() {
        long before = intervals();
        Await.until("dnsperf goes on", PATIENCE, () -> intervals() > before + 2, dnsperf::logEnd);
    }

    private long intervals() {
        return dnsperf.log()
                .lines()
                .filter(line -> line.matches("[\\d.]+: [\\d.]+.*"))
                .count();
    }

    /// Has it ask no more and wait for the last answers; fails unless each query had an answer, and a good one.
    void end() {
        assertThat(dnsperf.isRunning()).as(dnsperf::logEnd).isTrue();
        dnsperf.signal("INT");
        dnsperf.exitCode(PATIENCE);
        var said = dnsperf.log();
        assertThat(count(said, "Queries lost:")).as(said).isZero();
        assertThat(said).containsPattern("Response codes: +NOERROR \\d+ \\(100\\.00%\\)");
        assertThat(count(said, "Queries completed:")).as(said).isGreaterThan(100);
    }

    private static long count(String said, String what) {
        var found = Pattern.compile(Pattern.quote(what) + " +(\\d+)").matcher(said);
        assertThat(found.find()).as(what + " in " + said).isTrue();
        return Long.parseLong(found.group(1));
    }

    @Override
    public void close() {
        dnsperf.close();
    }
}
