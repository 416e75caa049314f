package io.waymark.records.gen;

import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import java.util.Arrays;

/// Octets that a stranger might send: noise, and messages that were damaged. Damage goes where it
/// hurts: counts, lengths, pointers, the end.
public final class PacketGen {
    private final Gen gen;

    public PacketGen(Gen gen) {
        this.gen = gen;
    }

    /// Noise, an eighth of the time; else one to four damages to a message or to a query.
    public byte[] next(byte[] sound) {
        if (gen.oneIn(8)) {
            return gen.octets(gen.below(gen.oneIn(10) ? 600 : 60));
        }
        var packet = sound.clone();
        for (int damages = gen.between(1, 4); damages > 0 && packet.length > 0; damages--) {
            packet = damaged(packet);
        }
        return packet;
    }

    /// A composed message; equal generators give equal ones.
    public byte[] sound() {
        return MessageComposer.compose(new MessageGen(gen).message(), Message.OCTETS_MAX);
    }

    private byte[] damaged(byte[] packet) {
        int at = gen.below(gen.oneIn(4) ? Math.min(12, packet.length) : packet.length);
        switch (gen.below(6)) {
            case 0 -> packet[at] = (byte) gen.int32();
            case 1 -> packet[at] ^= (byte) (1 << gen.below(8));
            case 2 -> packet[at] = (byte) (packet[at] + (gen.oneIn(2) ? 1 : -1));
            case 3 -> packet[at] = (byte) (0xc0 | gen.below(2));
            case 4 -> {
                return Arrays.copyOf(packet, at);
            }
            default -> {
                var longer = Arrays.copyOf(packet, packet.length + gen.between(1, 20));
                System.arraycopy(packet, at, longer, longer.length - (packet.length - at), packet.length - at);
                return longer;
            }
        }
        return packet;
    }
}
