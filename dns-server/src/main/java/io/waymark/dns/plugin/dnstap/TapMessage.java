package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.pipeline.Answered;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Query;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// A query of a client, and the reply to it.
/// @param extra text that goes with both; may be empty
/// @param at    when the reply was sent
record TapMessage(Answered answered, String extra, Instant at) implements Tapped {
    private static final int CLIENT_QUERY = 5;
    private static final int CLIENT_RESPONSE = 6;
    private static final int MESSAGE = 1;
    private static final int HEADER_OCTETS = 12;
    private static final int OPT_OCTETS = 11;
    private static final int OPTION_OCTETS = 4;
    private static final int DNSSEC_OK = 0x8000;

    @Override
    public List<byte[]> encoded(DnstapStage stage) {
        var query = dnstap(stage, extra, query(stage.full()));
        return answered.reply().length == 0
                ? List.of(query)
                : List.of(query, dnstap(stage, extra, reply(stage.full())));
    }

    /// What stands around each message.
    static byte[] dnstap(DnstapStage stage, String extra, Protobuf message) {
        var dnstap = new Protobuf()
                .octets(1, stage.identity().getBytes(StandardCharsets.UTF_8))
                .octets(2, stage.version().getBytes(StandardCharsets.UTF_8));
        if (!extra.isEmpty()) {
            dnstap.octets(3, extra.getBytes(StandardCharsets.UTF_8));
        }
        return dnstap.octets(14, message.toByteArray()).number(15, MESSAGE).toByteArray();
    }

    private Protobuf query(boolean full) {
        var message = asked(CLIENT_QUERY);
        return full ? message.octets(10, octets(answered.exchange().query())) : message;
    }

    private Protobuf reply(boolean full) {
        var message = asked(CLIENT_RESPONSE).number(12, at.getEpochSecond()).fixed(13, at.getNano());
        return full ? message.octets(14, answered.reply()) : message;
    }

    private Protobuf asked(int type) {
        var client = answered.exchange().client();
        var address = client.address().getAddress().getAddress();
        var began = at.minus(Duration.ofNanos(answered.nanos()));
        return new Protobuf()
                .number(1, type)
                .number(2, address.length == 4 ? 1 : 2)
                .number(3, client.transport().isStream() ? 2 : 1)
                .octets(4, address)
                .number(6, client.address().getPort())
                .number(8, began.getEpochSecond())
                .fixed(9, began.getNano());
    }

    /// The octets that came are gone; these say the same, the question in the letters of the client.
    static byte[] octets(Query query) {
        var question = query.questionOctets();
        int opt = query.edns().map(TapMessage::length).orElse(0);
        var octets = ByteBuffer.allocate(HEADER_OCTETS + question.length + opt);
        octets.putShort((short) query.id()).putShort((short) query.flags());
        octets.putShort((short) 1)
                .putInt(0)
                .putShort((short) (opt == 0 ? 0 : 1))
                .put(question);
        query.edns().ifPresent(edns -> put(octets, edns));
        return octets.array();
    }

    private static int length(Edns edns) {
        return OPT_OCTETS + options(edns);
    }

    private static int options(Edns edns) {
        return edns.options().stream()
                .mapToInt(option -> OPTION_OCTETS + option.octets().length)
                .sum();
    }

    private static void put(ByteBuffer octets, Edns edns) {
        octets.put((byte) 0).putShort((short) 41).putShort((short) edns.udpSize());
        octets.put((byte) 0).put((byte) edns.version()).putShort((short) (edns.dnssecOk() ? DNSSEC_OK : 0));
        octets.putShort((short) options(edns));
        edns.options()
                .forEach(option -> octets.putShort((short) option.code())
                        .putShort((short) option.octets().length)
                        .put(option.octets()));
    }
}
