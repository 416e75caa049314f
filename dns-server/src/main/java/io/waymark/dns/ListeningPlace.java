package io.waymark.dns;

import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.TcpListener;
import io.waymark.dns.listen.UdpListener;
import io.waymark.dns.listen.Wire;
import io.waymark.dns.listen.https.HttpsListener;
import io.waymark.dns.listen.tls.CertificateWatch;
import io.waymark.dns.listen.tls.Encryption;
import io.waymark.dns.pipeline.CurrentPipeline;
import io.waymark.dns.pipeline.QueryPipeline;
import io.waymark.dns.pipeline.Transport;
import io.waymark.dns.plan.ListenerPlan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/// One address at which queries are answered: its sockets, what holds for them, and the pipeline that
/// answers there now.
/// Lifecycle: [#bind], [#open], answering, [#pause], [#close].
final class ListeningPlace implements AutoCloseable {
    private final ProcessParts process;
    private final ListenerPlan listener;
    private final BindAddress address;
    private final CurrentPipeline pipeline;
    private final Encryption encryption;
    /// What takes no more queries over connections when the place is paused.
    private final Deque<Runnable> pauses = new ArrayDeque<>();
    /// What was opened, the last first.
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Deque<UdpListener> udp = new ArrayDeque<>();
    private volatile ListenerSetup setup;

    private ListeningPlace(
            ProcessParts process,
            ListenerPlan listener,
            BindAddress address,
            ListenerSetup setup,
            CurrentPipeline pipeline) {
        this.process = process;
        this.listener = listener;
        this.address = address;
        this.setup = setup;
        this.encryption = setup.encryption();
        this.pipeline = pipeline;
    }

    /// Takes the address, if it is for packets: they wait in its sockets. Throws a
    /// [io.waymark.dns.listen.ListenException] if it cannot.
    static ListeningPlace bind(
            ProcessParts process,
            ListenerPlan listener,
            BindAddress address,
            ListenerSetup setup,
            QueryPipeline first) {
        var place = new ListeningPlace(process, listener, address, setup, new CurrentPipeline(first));
        if (listener.transport().isDatagram()) {
            place.bindUdp();
        }
        return place;
    }

    private void bindUdp() {
        var packets = UdpListener.bind(process.loops(), address, pipeline::onLoop, setup.limits());
        opened.push(packets);
        udp.add(packets);
    }

    /// Begins to answer. Throws as [#bind].
    void open() {
        switch (listener.transport()) {
            case DNS -> openTcp(Wire.TCP);
            case TLS -> openTcp(new Wire(Transport.TLS, encryption));
            case HTTPS -> openHttps();
            case QUIC, GRPC, HTTPS3 ->
                throw new IllegalStateException(
                        "no plan has " + listener.transport().scheme() + "://");
        }
        if (encryption instanceof Encryption.Tls(var credentials)) {
            var refused = process.metrics()
                    .counter(
                            "waymark_tls_reload_failed_total",
                            "Counter of certificates that were found in their files and cannot be used.",
                            "server");
            opened.push(CertificateWatch.start(
                    credentials, listener.server(), refused.with(listener.server()), CertificateWatch.PERIOD));
        }
        udp.forEach(UdpListener::open);
    }

    private void openTcp(Wire wire) {
        var tcp = TcpListener.bind(
                process.loops(), address, wire, pipeline::onLoop, () -> setup.limits(), process.nanoTime());
        opened.push(tcp);
        pauses.add(tcp::pause);
    }

    private void openHttps() {
        var responses = process.metrics()
                .counter(
                        "coredns_dns_https_responses_total",
                        "Counter of DoH responses per server and http status code.",
                        "server",
                        "status");
        var https = HttpsListener.bind(
                process.loops(),
                address,
                encryption,
                pipeline::onLoop,
                () -> new HttpsListener.Bounds(
                        setup.limits(),
                        setup.https(),
                        status -> responses
                                .with(listener.server(), Integer.toString(status))
                                .increment()));
        opened.push(https);
        pauses.add(https::pause);
    }

    BindAddress address() {
        return address;
    }

    /// `:53 (udp, tcp)`, `:853 (tls)`.
    @Override
    public String toString() {
        return listener.transport().scheme() + "://" + address
                + (listener.transport().isDatagram() ? " (udp, tcp)" : "");
    }

    /// Whether it can go on as `next` says: sockets keep whether they are encrypted, and what they ask
    /// of clients.
    boolean canBecome(ListenerSetup next) {
        return switch (encryption) {
            case Encryption.None none -> next.encryption() instanceof Encryption.None;
            case Encryption.Tls(var ours) ->
                next.encryption() instanceof Encryption.Tls(var theirs) && ours.clients() == theirs.clients();
        };
    }

    /// From now on another pipeline answers, and new connections are as `next` says.
    void answerFrom(QueryPipeline other, ListenerSetup next) {
        setup = next;
        if (encryption instanceof Encryption.Tls(var ours) && next.encryption() instanceof Encryption.Tls(var theirs)) {
            ours.adopt(theirs);
        }
        pipeline.replace(other);
    }

    /// Takes no more queries; answers that are on their way still leave.
    /// @param max how long packets that have arrived may take to be read
    /// @return completes when they are read
    CompletableFuture<Void> pause(Duration max) {
        pauses.forEach(Runnable::run);
        return CompletableFuture.allOf(
                udp.stream().map(packets -> packets.pause(max)).toArray(CompletableFuture[]::new));
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (RuntimeException failure) {
                throw failure;
            } catch (Exception impossible) {
                throw new IllegalStateException("no listener throws a checked exception", impossible);
            }
        }
    }
}
