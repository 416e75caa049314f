package io.waymark.testzones.reload;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.peer.Await;
import io.waymark.testzones.peer.DnsProcess;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./waymark dns` whose Corefile changes, or which is told to end, while dnsperf asks.
class ReloadUnderLoadTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String NAME = "web.example.org";
    private static final Ask WEB = Ask.roomy(NAME + ".", "A");

    @TempDir
    private Path folder;

    private final Map<String, String> environment =
            Map.of("PORT", Integer.toString(Program.freePort()), "READY", Integer.toString(Program.freePort()));
    private final int port = Integer.parseInt(environment.get("PORT"));
    private final int second = Program.freePort();

    @Test
    void noQueryIsLostWhileTheCorefileChangesFiveTimes() throws IOException {
        try (var waymark = DnsProcess.waymark(folder, corefile("bind 127.0.0.1", 60), environment, List.of())
                        .awaitReady();
                var load = Load.start(folder, port, NAME)) {
            change(corefile("bind 127.0.0.1", 61));
            await(waymark, port, 61);
            change(corefile("bind 127.0.0.1\n cache", 62) + block(Integer.toString(second), "bind 127.0.0.1", 62));
            await(waymark, second, 62);
            change("this is no Corefile {");
            Await.until(
                    "the log says so",
                    PATIENCE,
                    () -> waymark.program().log().contains("cannot be served"),
                    waymark.program()::logEnd);
            change(corefile("bind 127.0.0.1 127.0.0.2", 63));
            await(waymark, port, 63);
            Await.until("the second port is closed", PATIENCE, () -> ttl(second) < 0, waymark.program()::logEnd);
            change(corefile("", 64));
            await(waymark, port, 64);
            load.goOn();
            load.end();
        }
    }

    @Test
    void noQueryIsLostWhileAServerThatIsToEndIsALameDuck() throws IOException {
        try (var waymark = DnsProcess.waymark(
                                folder,
                                corefile("bind 127.0.0.1\n health 127.0.0.1:0 {\n lameduck 5s\n }", 60),
                                environment,
                                List.of())
                        .awaitReady();
                var load = Load.start(folder, port, NAME)) {
            waymark.program().terminate();
            Await.until("it is not ready any more", PATIENCE, () -> !waymark.isReady(), waymark.program()::logEnd);
            load.goOn();
            load.end();
            assertThat(waymark.program().isRunning()).isTrue();
            assertThat(waymark.program().exitCode(PATIENCE)).isZero();
        }
    }

    @Test
    void whatArrivesBeforeTheEndIsAnsweredThoughNobodyHadTimeToReadIt() throws IOException {
        try (var waymark = DnsProcess.waymark(folder, corefile("bind 127.0.0.1", 60), environment, List.of())
                        .awaitReady();
                var client = new DatagramSocket()) {
            client.connect(InetAddress.getLoopbackAddress(), port);
            client.setSoTimeout(Math.toIntExact(PATIENCE.toMillis()));
            waymark.program().signal("STOP");
            for (short id = 0; id < 200; id++) {
                client.send(new DatagramPacket(query(id), query(id).length));
            }
            waymark.program().terminate();
            waymark.program().signal("CONT");
            var answered = new HashSet<Short>();
            for (int i = 0; i < 200; i++) {
                var answer = new DatagramPacket(new byte[512], 512);
                client.receive(answer);
                answered.add(ByteBuffer.wrap(answer.getData()).getShort());
            }
            assertThat(answered).hasSize(200);
            assertThat(waymark.program().exitCode(PATIENCE)).isZero();
        }
    }

    /// A question for the root's A record, which nobody has: an answer like any other.
    private static byte[] query(short id) {
        return ByteBuffer.allocate(17)
                .putShort(0, id)
                .putShort(4, (short) 1)
                .putShort(13, (short) 1)
                .putShort(15, (short) 1)
                .array();
    }

    private static String corefile(String plugins, int ttl) {
        return block("{$PORT}", plugins, ttl);
    }

    private static String block(String port, String plugins, int ttl) {
        return ".:" + port + " {\n " + plugins + "\n ready 127.0.0.1:{$READY}\n reload 2s 0s\n"
                + " hosts /dev/null {\n 10.0.0.80 " + NAME + "\n ttl " + ttl + "\n }\n}\n";
    }

    private void change(String corefile) throws IOException {
        Files.writeString(folder.resolve("waymark.Corefile"), corefile);
    }

    private static void await(DnsProcess waymark, int at, int ttl) {
        Await.until(
                "port " + at + " answers with TTL " + ttl, PATIENCE, () -> ttl(at) == ttl, waymark.program()::logEnd);
    }

    /// The TTL of the answer, or -1 if there is none.
    private static int ttl(int at) {
        var told = Asker.askOverTcp(at, WEB);
        return told.answer().isEmpty()
                ? -1
                : Integer.parseInt(told.answer().getFirst().split(" ")[1]);
    }
}
