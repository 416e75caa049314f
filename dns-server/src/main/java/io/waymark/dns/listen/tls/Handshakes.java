package io.waymark.dns.listen.tls;

import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.Queue;
import java.util.SequencedSet;

/// The handshakes of one listener that are under way, at most [#MAX]. Past it the oldest ends, for whoever
/// means to ask something agrees in milliseconds; so those who connect and say nothing shut nobody out. A
/// connection counts as one of the listener's when its handshake is over. Any thread.
final class Handshakes {
    /// About a second of computing for two processors, and 30 MB.
    static final int MAX = 512;

    private final SequencedSet<Channel> underWay = new LinkedHashSet<>();

    /// A client has connected.
    void begin(Channel channel) {
        var surplus = new ArrayDeque<Channel>();
        add(channel, surplus);
        for (var oldest : surplus) {
            var _ = oldest.close();
        }
    }

    private synchronized void add(Channel channel, Queue<Channel> surplus) {
        underWay.add(channel);
        while (underWay.size() > MAX) {
            surplus.add(underWay.removeFirst());
        }
    }

    /// It has agreed, or gone.
    synchronized void end(Channel channel) {
        underWay.remove(channel);
    }
}
