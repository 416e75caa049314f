package io.waymark.dns.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.listen.ListenerLimits.Timeouts;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import io.waymark.records.address.IpAddress;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Real connections to a responder that sends queries back, or keeps them until a test lets go.
class TcpListenerTest {
    private static final int MILLIS_MAX = 5_000;

    private final EventLoops loops = EventLoops.start(1);
    private final AtomicLong now = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger composed = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Map<Integer, CompletableFuture<Response>> kept = new ConcurrentHashMap<>();

    /// A query that begins with `1` is sent back, with `2` it is kept, with `0` it gets nothing; with
    /// `3` it gets as many messages as its second octet says, with `4` 20,000 of 4,000 octets, with `5`
    /// one message and then a defect.
    private final Responder responder = (octets, offset, length, client) -> {
        asked.incrementAndGet();
        return switch (octets[offset]) {
            case 0 -> Response.SILENCE;
            case 1 -> new Response.Octets(Arrays.copyOfRange(octets, offset, offset + length));
            case 3 -> several(octets[offset + 1], 20);
            case 4 -> several(20_000, 4_000);
            case 5 ->
                new Response.Several(
                        Stream.iterate(query(1, 0), message -> {
                                    throw new IllegalStateException("noted elsewhere");
                                })
                                .iterator(),
                        left::incrementAndGet);
            default ->
                new Response.Later(
                        kept.computeIfAbsent((int) octets[offset + 1], id -> new CompletableFuture<>()), () -> {});
        };
    };

    private Response several(int messages, int octets) {
        return new Response.Several(
                IntStream.range(0, messages)
                        .mapToObj(i -> {
                            composed.incrementAndGet();
                            return Arrays.copyOf(query(1, i), octets);
                        })
                        .iterator(),
                left::incrementAndGet);
    }

    @AfterEach
    void stop() {
        loops.close();
    }

    @Test
    void manyQueriesOfOneConnectionAreAnsweredInWhateverOrder() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            send(client, frames(query(2, 1), query(0, 2), query(1, 3), query(1, 4)));
            assertThat(receive(client)).isEqualTo(query(1, 3));
            assertThat(receive(client)).isEqualTo(query(1, 4));
            release(1);
            assertThat(receive(client)).isEqualTo(query(1, 1));
        }
    }

    @Test
    void aQueryMayComeInAnyPieces() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            for (byte octet : frames(query(1, 1), query(1, 2))) {
                send(client, new byte[] {octet});
            }
            assertThat(receive(client)).isEqualTo(query(1, 1));
            assertThat(receive(client)).isEqualTo(query(1, 2));
        }
    }

    @Test
    void nothingMoreIsReadWhileAsManyQueriesAreInFlightAsAreAllowed() throws IOException {
        try (var listener = listen(limits(16, 2, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            send(client, frames(query(2, 1), query(2, 2), query(1, 3)));
            awaitAsked(2);
            // The third is here and must not be looked at: let one go, and only then it is.
            release(1);
            assertThat(receive(client)).isEqualTo(query(1, 1));
            assertThat(receive(client)).isEqualTo(query(1, 3));
            assertThat(asked).hasValue(3);
            release(2);
            assertThat(receive(client)).isEqualTo(query(1, 2));
        }
    }

    @Test
    void aLengthThatNoQueryHasClosesTheConnection() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)))) {
            for (var frame : new byte[][] {{0, 3, 1, 2, 3}, {0x7f, 0x7f, 1}}) {
                try (var client = connect(listener)) {
                    send(client, frame);
                    assertThat(isClosed(client)).isTrue();
                }
            }
            assertThat(asked).hasValue(0);
        }
    }

    @Test
    void aConnectionThatCompletesNoQueryIsClosedThoughItSendsOctets() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofMillis(40)));
                var client = connect(listener)) {
            send(client, frames(query(1, 1)));
            assertThat(receive(client)).isEqualTo(query(1, 1));
            send(client, new byte[] {0, 20, 1});
            now.addAndGet(Duration.ofMillis(41).toNanos());
            assertThat(isClosed(client)).isTrue();
        }
    }

    @Test
    void aConnectionThatWaitsForItsAnswerIsNotIdle() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofMillis(40)));
                var client = connect(listener);
                var other = connect(listener)) {
            // Accepted by the listener too, before its clock goes on.
            send(other, frames(query(1, 9)));
            receive(other);
            send(client, frames(query(2, 1)));
            awaitAsked(2);
            now.addAndGet(Duration.ofMillis(41).toNanos());
            // The other one shows that idle connections were looked for.
            assertThat(isClosed(other)).isTrue();
            release(1);
            assertThat(receive(client)).isEqualTo(query(1, 1));
        }
    }

    @Test
    void aNewConnectionTakesThePlaceOfTheOneThatIsIdleTheLongest() throws IOException {
        try (var listener = listen(limits(2, 64, Duration.ofSeconds(10)));
                var oldest = connect(listener)) {
            send(oldest, frames(query(1, 1)));
            receive(oldest);
            now.incrementAndGet();
            try (var second = connect(listener)) {
                send(second, frames(query(1, 2)));
                receive(second);
                try (var third = connect(listener)) {
                    assertThat(isClosed(oldest)).isTrue();
                    for (var client : new Socket[] {second, third}) {
                        send(client, frames(query(1, 3)));
                        assertThat(receive(client)).isEqualTo(query(1, 3));
                    }
                }
            }
        }
    }

    @Test
    void aNewConnectionIsClosedIfAllOthersWaitForAnswers() throws IOException {
        try (var listener = listen(limits(1, 64, Duration.ofSeconds(10)));
                var busy = connect(listener)) {
            send(busy, frames(query(2, 1)));
            awaitAsked(1);
            try (var second = connect(listener)) {
                assertThat(isClosed(second)).isTrue();
            }
            release(1);
            assertThat(receive(busy)).isEqualTo(query(1, 1));
        }
    }

    @Test
    void aClientThatTakesNoAnswersIsNotReadFromForever() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            var large = new byte[4_000];
            large[0] = 1;
            var out = client.getOutputStream();
            var writer = new Thread(() -> {
                try {
                    for (int i = 0; i < 20_000; i++) {
                        out.write(frames(large));
                    }
                } catch (IOException closed) {
                    // The end of the test ends it.
                }
            });
            writer.start();
            // 80 MB were sent back if all were read; what fits into both kernels' buffers is far less.
            long last = -1;
            while (asked.get() != last) {
                last = asked.get();
                awaitQuiet();
            }
            assertThat(last).isLessThan(10_000);
        }
    }

    @Test
    void anAnswerMayBeSeveralMessagesAndOthersComeBesideIt() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            send(client, frames(query(3, 40), query(1, 99), query(3, 2)));
            var ids = new ArrayList<Integer>();
            for (int i = 0; i < 43; i++) {
                ids.add((int) receive(client)[1]);
            }
            assertThat(ids).contains(99);
            ids.remove(Integer.valueOf(99));
            var expected = IntStream.concat(IntStream.range(0, 40), IntStream.range(0, 2));
            assertThat(ids)
                    .as("in order, one sequence after the other")
                    .containsExactlyElementsOf(expected.boxed().toList());
            awaitCount(left, 2);
        }
    }

    @Test
    void noMoreMessagesAreComposedThanTheClientTakes() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)))) {
            try (var client = connect(listener)) {
                send(client, frames(query(4, 0)));
                int last = -1;
                while (composed.get() != last) {
                    last = composed.get();
                    awaitQuiet();
                }
                // All of them would be 80 MB; what fits into both kernels' buffers is far less.
                assertThat(last).isLessThan(10_000);
                receive(client);
            }
            awaitCount(left, 1);
            assertThat(composed.get())
                    .as("the rest is not composed for a client that went")
                    .isLessThan(20_000);
        }
    }

    @Test
    void aDefectInTheMiddleOfASequenceClosesTheConnection() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            send(client, frames(query(5, 0)));
            assertThat(receive(client)).isEqualTo(query(1, 0));
            assertThat(isClosed(client)).isTrue();
            awaitCount(left, 1);
        }
    }

    @Test
    void aListenerThatEndsStillSendsWhatWasAskedBefore() throws IOException {
        try (var listener = listen(limits(16, 64, Duration.ofSeconds(10)));
                var client = connect(listener)) {
            send(client, frames(query(2, 1)));
            awaitAsked(1);
            listener.listener().pause();
            send(client, frames(query(1, 2)));
            release(1);
            assertThat(receive(client)).isEqualTo(query(1, 1));
            assertThat(asked).hasValue(1);
        }
    }

    private record Listening(TcpListener listener, int port) implements AutoCloseable {
        @Override
        public void close() {
            listener.close();
        }
    }

    private Listening listen(ListenerLimits limits) {
        var address = BindProbe.free(new BindAddress.One(IpAddress.of("127.0.0.1"), 0));
        return new Listening(
                TcpListener.bind(loops, address, Wire.TCP, () -> responder, () -> limits, now::get), address.port());
    }

    private static ListenerLimits limits(int connectionsMax, int inFlightMax, Duration idleMax) {
        return new ListenerLimits(
                connectionsMax, inFlightMax, ListenerLimits.QUERIES_UNBOUNDED, 4_096, Timeouts.of(idleMax));
    }

    private static Socket connect(Listening listener) throws IOException {
        var socket = new Socket(InetAddress.ofLiteral("127.0.0.1"), listener.port());
        socket.setSoTimeout(MILLIS_MAX);
        socket.setTcpNoDelay(true);
        return socket;
    }

    private void release(int id) {
        kept.get(id).complete(new Response.Octets(query(1, id)));
    }

    /// Waits until the listener has handed over so many queries, on the loop that does so.
    private void awaitAsked(int count) {
        awaitCount(asked, count);
    }

    private static void awaitCount(AtomicInteger counter, int count) {
        long end = System.nanoTime() + MILLIS_MAX * 1_000_000L;
        while (counter.get() < count) {
            if (System.nanoTime() > end) {
                throw new AssertionError("counted " + counter + " of " + count);
            }
            Thread.onSpinWait();
        }
    }

    /// Waits until the loop has done all that it had to do a moment ago, some thousand times.
    private void awaitQuiet() {
        for (int i = 0; i < 2_000; i++) {
            var done = new CompletableFuture<Void>();
            loops.next().execute(() -> done.complete(null));
            done.join();
        }
    }

    private static byte[] query(int first, int id) {
        var octets = new byte[20];
        octets[0] = (byte) first;
        octets[1] = (byte) id;
        return octets;
    }

    private static byte[] frames(byte[]... messages) {
        int length =
                Arrays.stream(messages).mapToInt(message -> 2 + message.length).sum();
        var out = java.nio.ByteBuffer.allocate(length);
        for (var message : messages) {
            out.putShort((short) message.length).put(message);
        }
        return out.array();
    }

    private static void send(Socket client, byte[] octets) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(octets);
        out.flush();
    }

    private static byte[] receive(Socket client) throws IOException {
        var in = new DataInputStream(client.getInputStream());
        var message = new byte[in.readUnsignedShort()];
        in.readFully(message);
        return message;
    }

    private static boolean isClosed(Socket client) throws IOException {
        try {
            return client.getInputStream().read() < 0;
        } catch (SocketException reset) {
            return true;
        }
    }
}
