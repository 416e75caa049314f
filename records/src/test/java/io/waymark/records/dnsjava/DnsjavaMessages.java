package io.waymark.records.dnsjava;

import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Message;
import io.waymark.records.message.Question;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.EDNSOption;
import org.xbill.DNS.GenericEDNSOption;
import org.xbill.DNS.MXRecord;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.OPTRecord;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/// Our [Message] as dnsjava's, and dnsjava's as ours.
public final class DnsjavaMessages {
    private DnsjavaMessages() {}

    /// What dnsjava reads in the octets, as our message; throws what dnsjava throws.
    public static Message parse(byte[] octets) throws IOException {
        return ours(new org.xbill.DNS.Message(octets));
    }

    /// The octets that dnsjava makes of our message.
    public static byte[] compose(Message message) throws IOException {
        var theirs = new org.xbill.DNS.Message(message.header().id());
        theirs.getHeader().setOpcode(message.header().opcode());
        theirs.getHeader().setRcode(message.header().rcodeLow());
        for (int flag = 0; flag < 16; flag++) {
            boolean isFlag = flag == 0 || (flag >= 5 && flag <= 11);
            if (isFlag && message.header().has(0x8000 >>> flag)) {
                theirs.getHeader().setFlag(flag);
            }
        }
        for (var question : message.questions()) {
            var name = theirs(question.name());
            theirs.addRecord(Record.newRecord(name, question.type().code(), question.recordClass()), Section.QUESTION);
        }
        add(theirs, message.answer(), Section.ANSWER);
        add(theirs, message.authority(), Section.AUTHORITY);
        add(theirs, message.additional(), Section.ADDITIONAL);
        message.edns().ifPresent(edns -> theirs.addRecord(theirs(edns, message.rcode()), Section.ADDITIONAL));
        return theirs.toWire();
    }

    private static void add(org.xbill.DNS.Message theirs, List<ResourceRecord> records, int section)
            throws IOException {
        for (var record : records) {
            theirs.addRecord(theirs(record), section);
        }
    }

    private static Name theirs(DomainName name) throws IOException {
        var wire = new byte[name.length()];
        name.copyTo(wire, 0);
        return new Name(wire);
    }

    private static OPTRecord theirs(Edns edns, Rcode rcode) {
        var options = edns.options().stream()
                .map(option -> (EDNSOption) new GenericEDNSOption(option.code(), option.octets()))
                .toList();
        int flags = edns.dnssecOk() ? 0x8000 : 0;
        return new OPTRecord(edns.udpSize(), rcode.code() >>> 4, edns.version(), flags, options);
    }

    private static Record theirs(ResourceRecord record) throws IOException {
        var owner = theirs(record.owner());
        int recordClass = record.recordClass();
        long ttl = record.ttl();
        return switch (record.data()) {
            case RecordData.A(var address) -> new ARecord(owner, recordClass, ttl, address.octets());
            case RecordData.Aaaa(var address) -> new AAAARecord(owner, recordClass, ttl, address.octets());
            case RecordData.Srv(int priority, int weight, int port, var target) ->
                new SRVRecord(owner, recordClass, ttl, priority, weight, port, theirs(target));
            case RecordData.Ptr(var target) -> new PTRRecord(owner, recordClass, ttl, theirs(target));
            case RecordData.Cname(var target) -> new CNAMERecord(owner, recordClass, ttl, theirs(target));
            case RecordData.Ns(var target) -> new NSRecord(owner, recordClass, ttl, theirs(target));
            case RecordData.Mx(int preference, var exchange) ->
                new MXRecord(owner, recordClass, ttl, preference, theirs(exchange));
            case RecordData.Soa soa ->
                new SOARecord(
                        owner,
                        recordClass,
                        ttl,
                        theirs(soa.primary()),
                        theirs(soa.mailbox()),
                        Integer.toUnsignedLong(soa.serial()),
                        Integer.toUnsignedLong(soa.refresh()),
                        Integer.toUnsignedLong(soa.retry()),
                        Integer.toUnsignedLong(soa.expire()),
                        Integer.toUnsignedLong(soa.minimum()));
            case RecordData.Txt(var strings) ->
                new TXTRecord(
                        owner,
                        recordClass,
                        ttl,
                        strings.stream().map(DnsjavaMessages::escaped).toList());
            case RecordData.Unknown(var type, var octets) ->
                Record.newRecord(owner, type.code(), recordClass, ttl, octets);
        };
    }

    private static String escaped(String text) {
        var escaped = new StringBuilder();
        text.chars().forEach(c -> escaped.append(String.format("\\%03d", c)));
        return escaped.toString();
    }

    private static Message ours(org.xbill.DNS.Message theirs) {
        var wire = theirs.getHeader().toWire();
        var header = new Header(theirs.getHeader().getID(), (wire[2] & 0xff) << 8 | wire[3] & 0xff);
        var questions = theirs.getSection(Section.QUESTION).stream()
                .map(record ->
                        new Question(ours(record.getName()), RecordType.of(record.getType()), record.getDClass()))
                .toList();
        return new Message(
                header,
                new Rcode(theirs.getRcode()),
                questions,
                ours(theirs.getSection(Section.ANSWER)),
                ours(theirs.getSection(Section.AUTHORITY)),
                ours(theirs.getSection(Section.ADDITIONAL)),
                Optional.ofNullable(theirs.getOPT()).map(DnsjavaMessages::ours));
    }

    private static List<ResourceRecord> ours(List<Record> records) {
        var ours = new ArrayList<ResourceRecord>();
        for (var record : records) {
            if (!(record instanceof OPTRecord)) {
                int ttl = record.getTTL() > Integer.MAX_VALUE ? 0 : (int) record.getTTL();
                ours.add(new ResourceRecord(ours(record.getName()), record.getDClass(), ttl, data(record)));
            }
        }
        return ours;
    }

    private static RecordData data(Record record) {
        boolean isAddress = record instanceof ARecord || record instanceof AAAARecord;
        if (isAddress && record.getDClass() != ResourceRecord.CLASS_IN) {
            return new RecordData.Unknown(RecordType.of(record.getType()), record.rdataToWireCanonical());
        }
        return switch (record) {
            case ARecord a -> RecordData.address(address(a.getAddress().getAddress()));
            case AAAARecord aaaa -> RecordData.address(address(aaaa.getAddress().getAddress()));
            case SRVRecord srv ->
                new RecordData.Srv(srv.getPriority(), srv.getWeight(), srv.getPort(), ours(srv.getTarget()));
            case PTRRecord ptr -> new RecordData.Ptr(ours(ptr.getTarget()));
            case CNAMERecord cname -> new RecordData.Cname(ours(cname.getTarget()));
            case NSRecord ns -> new RecordData.Ns(ours(ns.getTarget()));
            case MXRecord mx -> new RecordData.Mx(mx.getPriority(), ours(mx.getTarget()));
            case SOARecord soa ->
                new RecordData.Soa(
                        ours(soa.getHost()),
                        ours(soa.getAdmin()),
                        (int) soa.getSerial(),
                        (int) soa.getRefresh(),
                        (int) soa.getRetry(),
                        (int) soa.getExpire(),
                        (int) soa.getMinimum());
            case TXTRecord txt ->
                new RecordData.Txt(txt.getStringsAsByteArrays().stream()
                        .map(octets -> new String(octets, StandardCharsets.ISO_8859_1))
                        .toList());
            default -> new RecordData.Unknown(RecordType.of(record.getType()), record.rdataToWireCanonical());
        };
    }

    private static IpAddress address(byte[] octets) {
        return IpAddress.ofOctets(octets, 0, octets.length);
    }

    private static DomainName ours(Name name) {
        var wire = name.toWire();
        return DomainName.ofWire(wire, 0, wire.length);
    }

    private static Edns ours(OPTRecord opt) {
        var options = opt.getOptions().stream()
                .map(option -> {
                    var wire = option.toWire();
                    return new Edns.Option(option.getCode(), Arrays.copyOfRange(wire, 4, wire.length));
                })
                .toList();
        boolean dnssecOk = (opt.getFlags() & 0x8000) != 0;
        return new Edns(opt.getPayloadSize(), opt.getVersion(), dnssecOk, options);
    }
}
