package io.waymark.testzones.ask;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Asks many questions of one server on 127.0.0.1 over UDP, a window of them open at a time. An
/// answer that does not come in 1 s is asked for again, three times in all.
public final class Asker {
    private static final int WINDOW = 64;
    private static final int ATTEMPTS = 3;
    private static final long PATIENCE_MILLIS = 1000;

    private final List<Ask> asks;
    private final @Nullable Told[] told;
    private final int[] attempts;
    private final long[] sentAt;
    private int next;
    private int open;

    private Asker(List<Ask> asks) {
        this.asks = asks;
        this.told = new Told[asks.size()];
        this.attempts = new int[asks.size()];
        this.sentAt = new long[asks.size()];
    }

    /// What the server at `port` says to each question, in the order of the questions.
    public static List<Told> askAll(int port, List<Ask> asks) {
        var all = new ArrayList<Told>();
        // A message ID has 16 bits; each round has an ID for each of its questions.
        for (int from = 0; from < asks.size(); from += 0x8000) {
            all.addAll(new Asker(asks.subList(from, Math.min(asks.size(), from + 0x8000))).run(port));
        }
        return all;
    }

    /// What the server at `port` says to one question.
    public static Told ask(int port, Ask ask) {
        return askAll(port, List.of(ask)).getFirst();
    }

    /// What the server at `port` says to each question over TCP, one after the other, over one
    /// connection as long as it holds (RFC 7766 §6.2.1).
    public static List<Told> askAllOverTcp(int port, List<Ask> asks) {
        var all = new ArrayList<Told>();
        while (all.size() < asks.size()) {
            int before = all.size();
            try (var socket = new Socket()) {
                socket.setTcpNoDelay(true);
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 2000);
                socket.setSoTimeout(5000);
                var out = new DataOutputStream(socket.getOutputStream());
                var in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
                while (all.size() < asks.size()) {
                    all.add(exchange(asks.get(all.size()), out, in));
                }
            } catch (IOException e) {
                if (all.size() == before) {
                    all.add(Told.SILENT);
                }
            }
        }
        return all;
    }

    private static Told exchange(Ask ask, DataOutputStream out, DataInputStream in) throws IOException {
        var question = ask.wire(1);
        out.write(ByteBuffer.allocate(question.length + 2)
                .putShort((short) question.length)
                .put(question)
                .array());
        var octets = new byte[in.readUnsignedShort()];
        in.readFully(octets);
        return Told.read(question, octets);
    }

    /// What the server at `port` says to one question over TCP (RFC 1035 §4.2.2).
    public static Told askOverTcp(int port, Ask ask) {
        return askAllOverTcp(port, List.of(ask)).getFirst();
    }

    private List<Told> run(int port) {
        try (var channel = DatagramChannel.open();
                var selector = Selector.open()) {
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ);
            var buffer = ByteBuffer.allocate(0x10000);
            while (next < asks.size() || open > 0) {
                while (next < asks.size() && open < WINDOW) {
                    send(channel, next++);
                    open++;
                }
                selector.select(PATIENCE_MILLIS / 10);
                selector.selectedKeys().clear();
                receive(channel, buffer);
                giveUpOrRepeat(channel);
            }
            return Arrays.stream(told).map(t -> t == null ? Told.SILENT : t).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("127.0.0.1:" + port + " cannot be asked", e);
        }
    }

    private void send(DatagramChannel channel, int index) throws IOException {
        attempts[index]++;
        sentAt[index] = System.nanoTime();
        try {
            channel.write(ByteBuffer.wrap(asks.get(index).wire(index)));
        } catch (PortUnreachableException e) {
            // Nobody listens there: as good as an answer that does not come.
        }
    }

    private void receive(DatagramChannel channel, ByteBuffer buffer) {
        while (true) {
            try {
                if (channel.read(buffer.clear()) <= 0) {
                    return;
                }
            } catch (IOException e) {
                return;
            }
            if (buffer.position() < 12) {
                continue;
            }
            var octets = Arrays.copyOf(buffer.array(), buffer.position());
            int index = (octets[0] & 0xff) << 8 | octets[1] & 0xff;
            if (index < next && told[index] == null) {
                told[index] = Told.read(asks.get(index).wire(index), octets);
                open--;
            }
        }
    }

    private void giveUpOrRepeat(DatagramChannel channel) throws IOException {
        for (int index = 0, seen = 0; index < next && seen < open; index++) {
            if (told[index] != null) {
                continue;
            }
            seen++;
            if (System.nanoTime() - sentAt[index] < PATIENCE_MILLIS * 1_000_000) {
                continue;
            }
            if (attempts[index] < ATTEMPTS) {
                send(channel, index);
            } else {
                told[index] = Told.SILENT;
                open--;
            }
        }
    }
}
