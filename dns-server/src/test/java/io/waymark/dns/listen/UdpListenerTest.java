package io.waymark.dns.listen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.pipeline.ClientView;
import io.waymark.dns.pipeline.HandBlock;
import io.waymark.dns.pipeline.HandZone;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.pipeline.respond.Defects;
import io.waymark.dns.pipeline.respond.InFlight;
import io.waymark.dns.pipeline.respond.Responder;
import io.waymark.dns.pipeline.respond.Response;
import io.waymark.dns.plugin.kubernetes.KubernetesPlugin;
import io.waymark.dns.plugin.kubernetes.ServedCluster;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.zone.ClusterIndex;
import io.waymark.records.zone.IndexConfig;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Raw packets over real sockets of this host.
class UdpListenerTest {
    private static final int RECEIVE_MILLIS_MAX = 5_000;

    /// Which transport of the loops: the same listener, the same behaviour.
    enum Kind {
        EPOLL,
        PORTABLE;

        EventLoops start() {
            return this == EPOLL ? EventLoops.start(2) : EventLoops.startPortable(2);
        }
    }

    private EventLoops loops = EventLoops.start(2);

    @AfterEach
    void stop() {
        loops.close();
    }

    @ParameterizedTest
    @EnumSource
    void aQueryIsAnswered(Kind kind) throws IOException {
        use(kind);
        var address = BindProbe.free(at("127.0.0.1"));
        try (var listener = listener(address, zone());
                var client = client("127.0.0.1", address)) {
            assertThat(ask(client, Ask.query(7, "cart.example.", RecordType.A)))
                    .isEqualTo("NOERROR aa: cart.example. A 10.0.0.1");
            assertThat(listener.lost()).isZero();
        }
    }

    @Test
    void aQueryIsAnsweredOverIpv6() throws IOException {
        var address = BindProbe.free(at("::1"));
        try (var listener = listener(address, zone());
                var client = client("::1", address)) {
            assertThat(ask(client, Ask.query(7, "gone.example.", RecordType.A))).isEqualTo("NXDOMAIN aa; example. SOA");
            assertThat(listener.lost()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void packetsOfOneBatchAreAllAnswered(Kind kind) throws IOException {
        use(kind);
        var address = BindProbe.free(at("127.0.0.1"));
        try (var listener = listener(address, zone());
                var client = client("127.0.0.1", address)) {
            Set<Integer> answered = new HashSet<>();
            for (int id = 0; id < 100; id++) {
                send(client, Ask.query(id, "cart.example.", RecordType.A));
            }
            for (int i = 0; i < 100; i++) {
                answered.add(Ask.parse(receive(client)).header().id());
            }
            assertThat(answered).hasSize(100);
            assertThat(listener.lost()).isZero();
        }
    }

    @Test
    void anAnswerLeavesFromTheAddressThatWasAskedThoughAllAreListenedOn() throws IOException {
        var address = BindProbe.free(new BindAddress.Every(0));
        try (var listener = listener(address, zone())) {
            for (var asked : List.of("127.0.0.1", "127.0.0.2", "::1")) {
                for (int round = 0; round < 4; round++) {
                    // A connected socket takes a packet from nowhere else.
                    try (var client = client(asked, address)) {
                        assertThat(ask(client, Ask.query(7, "cart.example.", RecordType.A)))
                                .as(asked)
                                .startsWith("NOERROR");
                    }
                }
            }
            assertThat(listener.lost()).isZero();
        }
    }

    @Test
    void anAnswerThatComesLaterIsSentToo() throws IOException {
        var address = BindProbe.free(at("127.0.0.1"));
        var reply = new CompletableFuture<Response>();
        Supplier<Responder> late = () -> (octets, offset, length, client) -> {
            CompletableFuture.runAsync(() -> reply.complete(new Response.Octets(new byte[] {1, 2, 3})));
            return new Response.Later(reply, () -> {});
        };
        try (var listener = listener(address, late);
                var client = client("127.0.0.1", address)) {
            send(client, new byte[12]);
            assertThat(receive(client)).containsExactly(1, 2, 3);
            assertThat(listener.lost()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasArrivedIsAnsweredBeforeTheEnd(Kind kind) throws IOException {
        use(kind);
        var address = BindProbe.free(at("127.0.0.1"));
        var listener = UdpListener.bind(loops, address, zone(), ListenerLimits.DEFAULT);
        try (var client = client("127.0.0.1", address)) {
            for (int id = 0; id < 200; id++) {
                send(client, Ask.query(id, "cart.example.", RecordType.A));
            }
            listener.open();
            listener.pause(Duration.ofSeconds(5)).join();
            listener.close();
            Set<Integer> answered = new HashSet<>();
            for (int i = 0; i < 200; i++) {
                answered.add(Ask.parse(receive(client)).header().id());
            }
            assertThat(answered).hasSize(200);
        }
    }

    @Test
    void whoAsksAfterTheEndHasBegunIsAnsweredByTheNextSocketOfTheAddress() throws IOException {
        var address = BindProbe.free(at("127.0.0.1"));
        try (var old = listener(address, zone());
                var next = listener(address, zone())) {
            assertThat(old.pause(Duration.ofSeconds(5))).succeedsWithin(Duration.ofSeconds(10));
            for (int i = 0; i < 20; i++) {
                try (var client = client("127.0.0.1", address)) {
                    assertThat(ask(client, Ask.query(7, "cart.example.", RecordType.A)))
                            .startsWith("NOERROR aa");
                }
            }
            assertThat(next.lost()).isZero();
        }
    }

    @Test
    void aPortThatSomebodyElseHasIsNamedWithWhatToDo() throws IOException {
        try (var other = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
            var taken = new BindAddress.One(IpAddress.of("127.0.0.1"), other.getLocalPort());
            assertThatThrownBy(() -> BindProbe.free(taken))
                    .isInstanceOf(ListenException.class)
                    .hasMessage(
                            "cannot listen on 127.0.0.1:" + other.getLocalPort()
                                    + "/udp: the port is in use; `ss -lunp 'sport = :" + other.getLocalPort()
                                    + "'` shows by whom: stop that, or choose another port (-dns.port N or --listen ADDR:PORT)");
        }
    }

    @Test
    void aSecondServerOfTheSameUserDoesNotTakeHalfOfThePackets() {
        var address = BindProbe.free(at("127.0.0.1"));
        try (var listener = listener(address, zone())) {
            assertThatThrownBy(() -> BindProbe.free(address)).hasMessageContaining("the port is in use");
            assertThat(listener.lost()).isZero();
        }
    }

    @Test
    void anAddressOfAnotherHostIsNamed() {
        assertThatThrownBy(() -> BindProbe.free(at("192.0.2.1"))).hasMessageContaining("this host has no such address");
    }

    @Test
    void randomPacketsDoNotStopTheServer() throws IOException {
        long seed = 4711;
        var random = new Random(seed);
        var address = BindProbe.free(at("127.0.0.1"));
        var defects = new Defects(System::nanoTime);
        try (var listener = listener(address, zone(defects));
                var storm = client("127.0.0.1", address);
                var client = client("127.0.0.1", address)) {
            var valid = Ask.query(7, "cart.example.", RecordType.A, 1232);
            for (int i = 0; i < 200_000; i++) {
                send(storm, mutilated(valid, random));
            }
            // Those of the storm that are still queued come first; a query that finds the queue full is lost.
            assertThat(askUntilAnswered(client, Ask.query(7, "cart.example.", RecordType.A)))
                    .as("seed " + seed)
                    .isEqualTo("NOERROR aa: cart.example. A 10.0.0.1");
            assertThat(defects.count()).as("seed " + seed).isZero();
            assertThat(listener.lost()).isZero();
        }
    }

    private static byte[] mutilated(byte[] valid, Random random) {
        if (random.nextInt(4) == 0) {
            var noise = new byte[random.nextInt(600)];
            random.nextBytes(noise);
            return noise;
        }
        var octets = java.util.Arrays.copyOf(valid, 1 + random.nextInt(valid.length + 8));
        for (int flips = random.nextInt(4); flips >= 0; flips--) {
            octets[random.nextInt(octets.length)] = (byte) random.nextInt();
        }
        return octets;
    }

    private void use(Kind kind) {
        loops.close();
        loops = kind.start();
    }

    private UdpListener listener(BindAddress address, Supplier<Responder> responders) {
        var listener = UdpListener.bind(loops, address, responders, ListenerLimits.DEFAULT);
        listener.open();
        return listener;
    }

    private static BindAddress at(String address) {
        return new BindAddress.One(IpAddress.of(address), 0);
    }

    private static Supplier<Responder> zone() {
        return zone(new Defects(System::nanoTime));
    }

    private static Supplier<Responder> zone(Defects defects) {
        var zone = new HandZone("example.").address("cart", "10.0.0.1");
        var kubernetes = new KubernetesPlugin(
                List.of(zone),
                List.of(),
                new ServedCluster(new ClusterIndex(IndexConfig.DEFAULT), () -> true, DomainName.ROOT, List.of()),
                false);
        var block = HandBlock.of(false, kubernetes);
        var pipeline = new QueryPipeline(
                List.of(new QueryPipeline.Served("dns://:53", DomainName.ROOT, block)),
                ClientView.EVERYTHING,
                defects,
                new InFlight(),
                System::nanoTime);
        return pipeline::onLoop;
    }

    private static DatagramSocket client(String address, BindAddress server) throws IOException {
        var socket = new DatagramSocket();
        socket.connect(InetAddress.ofLiteral(address), server.port());
        socket.setSoTimeout(RECEIVE_MILLIS_MAX);
        return socket;
    }

    private static String ask(DatagramSocket client, byte[] query) throws IOException {
        send(client, query);
        return Ask.text(receive(client));
    }

    private static String askUntilAnswered(DatagramSocket client, byte[] query) throws IOException {
        client.setSoTimeout(200);
        for (int attempt = 0; attempt < 50; attempt++) {
            send(client, query);
            try {
                return Ask.text(receive(client));
            } catch (java.net.SocketTimeoutException lost) {
                // Asked again, as a resolver would.
            }
        }
        throw new AssertionError("no answer to 50 queries");
    }

    private static void send(DatagramSocket client, byte[] octets) throws IOException {
        client.send(new DatagramPacket(octets, octets.length));
    }

    private static byte[] receive(DatagramSocket client) throws IOException {
        var packet = new DatagramPacket(new byte[65_535], 65_535);
        client.receive(packet);
        return java.util.Arrays.copyOf(packet.getData(), packet.getLength());
    }
}
