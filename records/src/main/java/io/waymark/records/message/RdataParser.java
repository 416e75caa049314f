package io.waymark.records.message;

import io.waymark.records.address.IpAddress;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// RDATA by type (RFC 1035 §3.3). Names in it may be compressed, whatever the type: RFC 3597 §4
/// asks that of receivers for old types, and it costs nothing for the others.
final class RdataParser {
    private static final int A = 1;
    private static final int NS = 2;
    private static final int CNAME = 5;
    private static final int SOA = 6;
    private static final int PTR = 12;
    private static final int MX = 15;
    private static final int TXT = 16;
    private static final int AAAA = 28;
    private static final int SRV = 33;

    private RdataParser() {}

    /// The next `length` octets as data of `type`. Data that fills fewer or more octets ends the
    /// reading. Empty data outside class IN is kept as octets: an UPDATE has such (RFC 2136 §2.4).
    static RecordData parse(Cursor in, RecordType type, int recordClass, int length) {
        boolean isIn = recordClass == ResourceRecord.CLASS_IN;
        if (length > in.remaining() || (length == 0 && !isIn)) {
            return new RecordData.Unknown(type, in.octets(length));
        }
        int end = in.at() + length;
        RecordData data = switch (type.code()) {
            case A -> isIn ? a(in) : unknown(in, type, end);
            case AAAA -> isIn ? aaaa(in) : unknown(in, type, end);
            case SRV -> srv(in);
            case NS -> new RecordData.Ns(in.name());
            case CNAME -> new RecordData.Cname(in.name());
            case PTR -> new RecordData.Ptr(in.name());
            case MX -> new RecordData.Mx(in.u16(), in.name());
            case SOA -> soa(in);
            case TXT -> txt(in, type, end);
            default -> unknown(in, type, end);
        };
        if (!in.failed() && in.at() != end) {
            in.fail("RDATA of " + type + " does not fill its length");
        }
        return data;
    }

    private static RecordData a(Cursor in) {
        return new RecordData.A(new IpAddress.V4(in.int32()));
    }

    private static RecordData aaaa(Cursor in) {
        return new RecordData.Aaaa(new IpAddress.V6(int64(in), int64(in)));
    }

    private static long int64(Cursor in) {
        return (long) in.int32() << 32 | in.int32() & 0xffffffffL;
    }

    private static RecordData srv(Cursor in) {
        return new RecordData.Srv(in.u16(), in.u16(), in.u16(), in.name());
    }

    private static RecordData soa(Cursor in) {
        return new RecordData.Soa(in.name(), in.name(), in.int32(), in.int32(), in.int32(), in.int32(), in.int32());
    }

    private static RecordData txt(Cursor in, RecordType type, int end) {
        var strings = new ArrayList<String>(1);
        do {
            strings.add(new String(in.octets(in.u8()), StandardCharsets.ISO_8859_1));
        } while (!in.failed() && in.at() < end);
        return in.failed() ? new RecordData.Unknown(type, new byte[0]) : new RecordData.Txt(strings);
    }

    private static RecordData unknown(Cursor in, RecordType type, int end) {
        return new RecordData.Unknown(type, ExpandedRdata.of(type.code()).read(in, end));
    }
}
