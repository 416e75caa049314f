package io.waymark.records.dnsjava;

import io.waymark.records.message.Malformed;
import io.waymark.records.message.MessageParse;
import io.waymark.records.message.MessageParser;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.ResourceRecord;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.xbill.DNS.Master;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;

/// Records in the syntax of master files (RFC 1035 §5.1, RFC 3597 §5), of every type that dnsjava knows.
public final class RecordText {
    /// What a record without a TTL gets, as from CoreDNS.
    public static final int TTL_DEFAULT = 3_600;

    private RecordText() {}

    /// Reads the first record of a text: `OWNER [TTL] [CLASS] TYPE RDATA`. Directives, as `$INCLUDE`, are
    /// refused, so no file is opened. Total: any text gives a value.
    /// @param origin what names without a dot at the end are relative to
    public static RecordRead read(String text, DomainName origin) {
        if (text.startsWith("$")) {
            return new RecordRead.Unreadable("it is a directive, not a record");
        }
        var octets = new ByteArrayInputStream((text + "\n").getBytes(StandardCharsets.UTF_8));
        try (var master = new Master(octets, Name.fromString(origin.toString()), TTL_DEFAULT)) {
            master.disableIncludes();
            return Optional.ofNullable(master.nextRecord())
                    .map(RecordText::ours)
                    .orElse(new RecordRead.Unreadable("it is empty"));
        } catch (IOException | RuntimeException unreadable) {
            // dnsjava reports some bad values, as numbers out of their range, with unchecked exceptions.
            return new RecordRead.Unreadable(why(unreadable));
        }
    }

    private static String why(Exception unreadable) {
        var message = unreadable.getMessage();
        return message == null ? unreadable.getClass().getSimpleName() : message;
    }

    /// Through the wire form, so that a record that was read equals one that was received.
    static RecordRead ours(Record theirs) {
        var message = new Message(0);
        message.addRecord(theirs, Section.ANSWER);
        var octets = message.toWire(io.waymark.records.message.Message.OCTETS_MAX);
        return switch (MessageParser.parse(octets, 0, octets.length)) {
            case MessageParse.Parsed(var parsed, int end)
            when parsed.answer().size() == 1 ->
                new RecordRead.Read(parsed.answer().getFirst());
            case MessageParse.Parsed parsed -> new RecordRead.Unreadable("it is longer than a message");
            case Malformed(int at, var why) -> new RecordRead.Unreadable(why);
        };
    }

    /// The record, for those who know that there is one. Throws if there is none.
    public static ResourceRecord of(String text) {
        return switch (read(text, DomainName.ROOT)) {
            case RecordRead.Read(var resource) -> resource;
            case RecordRead.Unreadable(var why) -> throw new IllegalArgumentException(text + ": " + why);
        };
    }
}
