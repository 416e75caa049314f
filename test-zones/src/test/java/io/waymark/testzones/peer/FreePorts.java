package io.waymark.testzones.peer;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/// Ports of 127.0.0.1 that nobody has, for servers that are about to start. They lie below those that Linux
/// gives to clients (32768 and up), so that no connection takes one before its server does; and none is given
/// twice, for its server may not have started yet.
final class FreePorts {
    private static final int FROM = 15_000;
    private static final int TO = 32_000;
    private static final int ATTEMPTS = 1000;

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePorts() {}

    /// So many, each free for TCP and UDP a moment ago. Any thread.
    static List<Integer> of(int count) {
        var ports = new ArrayList<Integer>();
        for (int attempt = 0; attempt < ATTEMPTS && ports.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FROM, TO);
            if (isFree(port) && GIVEN.add(port)) {
                ports.add(port);
            }
        }
        if (ports.size() < count) {
            throw new IllegalStateException(
                    "127.0.0.1 has no %d free ports between %d and %d".formatted(count, FROM, TO));
        }
        return ports;
    }

    private static boolean isFree(int port) {
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (var tcp = new ServerSocket(port, 1, address.getAddress());
                var udp = new DatagramSocket(address)) {
            return tcp.isBound() && udp.isBound();
        } catch (IOException e) {
            return false;
        }
    }
}
