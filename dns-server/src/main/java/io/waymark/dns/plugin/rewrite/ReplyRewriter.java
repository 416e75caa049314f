package io.waymark.dns.plugin.rewrite;

import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Rcode;
import io.waymark.records.rr.ResourceRecord;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/// Changes a reply, all but aliases, which have to be looked up. Pure.
final class ReplyRewriter {
    private ReplyRewriter() {}

    /// Undoes the last rule first.
    static Message apply(List<ReplyChange> changes, Message reply) {
        var changed = reply;
        for (var change : changes.reversed()) {
            changed = apply(change, changed);
        }
        return changed;
    }

    /// The code alone, of a reply that has nothing else.
    static Rcode apply(List<ReplyChange> changes, Rcode rcode) {
        var changed = rcode;
        for (var change : changes.reversed()) {
            if (change instanceof ReplyChange.Code(var from, var to) && from.equals(changed)) {
                changed = to;
            }
        }
        return changed;
    }

    private static Message apply(ReplyChange change, Message reply) {
        return switch (change) {
            case ReplyChange.Owners(var names) ->
                records(
                        reply,
                        record -> new ResourceRecord(
                                names.of(record.owner()), record.recordClass(), record.ttl(), record.data()));
            case ReplyChange.Targets(var names) ->
                records(
                        reply,
                        record -> new ResourceRecord(
                                record.owner(),
                                record.recordClass(),
                                record.ttl(),
                                RecordTarget.change(record.data(), names)));
            case ReplyChange.TtlBounds bounds ->
                records(
                        reply,
                        record -> new ResourceRecord(
                                record.owner(), record.recordClass(), bounds.of(record.ttl()), record.data()));
            case ReplyChange.Code(var from, var to) -> reply.rcode().equals(from) ? withRcode(reply, to) : reply;
            case ReplyChange.Alias alias -> reply;
            case ReplyChange.WithoutOption(int code) ->
                options(reply, options -> options.filter(option -> option.code() != code));
            case ReplyChange.OptionAgain(var original) ->
                options(reply, options -> options.map(option -> option.code() == original.code() ? original : option));
        };
    }

    private static Message records(Message reply, UnaryOperator<ResourceRecord> change) {
        return new Message(
                reply.header(),
                reply.rcode(),
                reply.questions(),
                reply.answer().stream().map(change).toList(),
                reply.authority().stream().map(change).toList(),
                reply.additional().stream().map(change).toList(),
                reply.edns());
    }

    private static Message options(Message reply, UnaryOperator<Stream<Edns.Option>> change) {
        return new Message(
                reply.header(),
                reply.rcode(),
                reply.questions(),
                reply.answer(),
                reply.authority(),
                reply.additional(),
                reply.edns()
                        .map(edns -> new Edns(
                                edns.udpSize(),
                                edns.version(),
                                edns.dnssecOk(),
                                change.apply(edns.options().stream()).toList())));
    }

    // A code above 15 needs an OPT record; the client gets one if it sent one.
    private static Message withRcode(Message reply, Rcode rcode) {
        var edns = rcode.code() > 0xf && reply.edns().isEmpty()
                ? Optional.of(new Edns(Message.UDP_OCTETS_MIN, 0, false, List.of()))
                : reply.edns();
        var header = new Header(reply.header().id(), reply.header().flags() & ~0xf | rcode.code() & 0xf);
        return new Message(
                header, rcode, reply.questions(), reply.answer(), reply.authority(), reply.additional(), edns);
    }
}
