package io.waymark.dns;

import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.TcpListener;
import io.waymark.dns.listen.UdpListener;
import io.waymark.dns.loops.EventLoops;
import io.waymark.dns.pipeline.CurrentPipeline;
import io.waymark.dns.pipeline.QueryPipeline;
import java.util.ArrayDeque;
import java.util.Deque;

/// One address at which queries are answered: its sockets, and the pipeline that answers there now.
/// Lifecycle: [#bind], [#open], answering, [#pause], [#close].
final class ListeningPlace implements AutoCloseable {
    private final EventLoops loops;
    private final BindAddress address;
    private final ListenerLimits limits;
    private final CurrentPipeline pipeline;
    private final UdpListener udp;
    private final Deque<TcpListener> tcp = new ArrayDeque<>();

    private ListeningPlace(
            EventLoops loops, BindAddress address, ListenerLimits limits, CurrentPipeline pipeline, UdpListener udp) {
        this.loops = loops;
        this.address = address;
        this.limits = limits;
        this.pipeline = pipeline;
        this.udp = udp;
    }

    /// Takes the address; packets wait in its sockets. Throws a
    /// [io.waymark.dns.listen.ListenException] if it cannot.
    static ListeningPlace bind(EventLoops loops, BindAddress address, ListenerLimits limits, QueryPipeline first) {
        var pipeline = new CurrentPipeline(first);
        return new ListeningPlace(
                loops, address, limits, pipeline, UdpListener.bind(loops, address, pipeline::onLoop, limits));
    }

    /// Begins to answer. Throws as [#bind].
    void open() {
        tcp.add(TcpListener.bind(loops, address, pipeline::onLoop, limits, System::nanoTime));
        udp.open();
    }

    BindAddress address() {
        return address;
    }

    /// From now on another pipeline answers.
    void answerFrom(QueryPipeline next) {
        pipeline.replace(next);
    }

    /// Takes no more queries; answers that are on their way still leave.
    void pause() {
        udp.pause();
        tcp.forEach(TcpListener::pause);
    }

    @Override
    public void close() {
        tcp.forEach(TcpListener::close);
        udp.close();
    }
}
