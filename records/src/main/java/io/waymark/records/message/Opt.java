package io.waymark.records.message;

import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.List;

/// An OPT record as it stands on the wire (RFC 6891 §6.1.2), both ways.
/// @param extendedRcode the upper eight bits of the response code
record Opt(int extendedRcode, Edns edns) {
    /// Owner, TYPE, CLASS, TTL and RDLENGTH.
    static final int FIXED_OCTETS = 11;

    private static final int DNSSEC_OK = 0x8000;
    private static final int OPTION_HEADER_OCTETS = 4;

    /// Reads from the CLASS field to the end of the options. After a failure the value says nothing.
    /// @param rootOwned whether the owner was the root, as it must be
    static Opt parse(Cursor in, boolean rootOwned) {
        if (!rootOwned) {
            in.fail("owner of OPT is not the root");
        }
        int udpSize = in.u16();
        int extendedRcode = in.u8();
        int version = in.u8();
        boolean dnssecOk = (in.u16() & DNSSEC_OK) != 0;
        var options = options(in, in.u16());
        return new Opt(extendedRcode, new Edns(udpSize, version, dnssecOk, options));
    }

    private static List<Edns.Option> options(Cursor in, int length) {
        if (length == 0) {
            return List.of();
        }
        if (length > in.remaining()) {
            in.fail("message ends early");
            return List.of();
        }
        int end = in.at() + length;
        var options = new ArrayList<Edns.Option>();
        while (!in.failed() && in.at() < end) {
            int code = in.u16();
            int size = in.u16();
            if (size > end - in.at()) {
                in.fail("EDNS option leaves the OPT record");
            } else {
                options.add(new Edns.Option(code, in.octets(size)));
            }
        }
        return options;
    }

    /// Octets of the record with all options of `edns`.
    static int octets(Edns edns) {
        int octets = FIXED_OCTETS;
        for (var option : edns.options()) {
            octets += OPTION_HEADER_OCTETS + option.octets().length;
        }
        return octets;
    }

    /// Writes the record with all options; the writer has room for [#octets].
    static void write(MessageWriter out, Edns edns, Rcode rcode) {
        writeFixed(out, edns.udpSize(), rcode, edns.version(), edns.dnssecOk());
        out.u16(octets(edns) - FIXED_OCTETS);
        for (var option : edns.options()) {
            out.u16(option.code());
            out.u16(option.octets().length);
            out.octets(option.octets(), option.octets().length);
        }
    }

    /// Writes everything before RDLENGTH.
    static void writeFixed(MessageWriter out, int udpSize, Rcode rcode, int version, boolean dnssecOk) {
        out.u8(0);
        out.u16(RecordType.OPT.code());
        out.u16(udpSize);
        out.u8(rcode.code() >>> 4);
        out.u8(version);
        out.u16(dnssecOk ? DNSSEC_OK : 0);
    }
}
