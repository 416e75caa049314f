package io.waymark.dns.pipeline;

import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.MessageComposer;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Replies that do not fit everywhere.
final class LongReply {
    private LongReply() {}

    /// A reply with so many addresses, 16 octets each.
    static byte[] of(byte[] query, int addresses) {
        var asked = Ask.parse(query);
        var name = asked.questions().getFirst().name();
        var answer = IntStream.range(0, addresses)
                .mapToObj(i -> new ResourceRecord(name, 1, 30, RecordData.address(new IpAddress.V4(i))))
                .toList();
        return MessageComposer.compose(
                new Message(
                        new Header(asked.header().id(), Header.QR | Header.RD | Header.RA),
                        Rcode.NOERROR,
                        asked.questions(),
                        answer,
                        List.of(),
                        List.of(),
                        Optional.empty()),
                Message.OCTETS_MAX);
    }
}
