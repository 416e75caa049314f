package io.waymark.dns.listen;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DatagramPacket;
import io.waymark.dns.pipeline.respond.Response;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

/// Packets that no socket of this host would send.
class UdpHandlerTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("127.0.0.1", 53);

    private final LongAdder lost = new LongAdder();
    private final EmbeddedChannel channel = new EmbeddedChannel(new UdpHandler(
            (octets, offset, length, client) ->
                    new Response.Octets(Arrays.copyOfRange(octets, offset, offset + length)),
            ReplyPath.SAME_SOCKET,
            lost));

    @Test
    void aPacketFromPortZeroIsNotAnsweredAndTheRestOfItsBatchIs() {
        channel.writeInbound(packet(1, 4242), packet(2, 0), packet(3, 4243));
        assertThat(answer()).isEqualTo(1);
        assertThat(answer()).isEqualTo(3);
        assertThat(channel.<DatagramPacket>readOutbound()).isNull();
        assertThat(lost.sum()).isOne();
    }

    @Test
    void anAnswerThatTheKernelRefusesIsCountedAndTheChannelGoesOn() {
        channel.pipeline().fireExceptionCaught(new java.io.IOException("sendmmsg(..) failed: EPERM"));
        assertThat(lost.sum()).isOne();
        channel.writeInbound(packet(1, 4242));
        assertThat(answer()).isEqualTo(1);
    }

    private static DatagramPacket packet(int content, int port) {
        return new DatagramPacket(
                Unpooled.wrappedBuffer(new byte[] {(byte) content}), SERVER, new InetSocketAddress("127.0.0.1", port));
    }

    private int answer() {
        DatagramPacket packet = channel.readOutbound();
        try {
            return packet.content().readByte();
        } finally {
            packet.release();
        }
    }
}
