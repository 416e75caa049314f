package io.waymark.records.message;

import io.waymark.records.name.DomainName;
import java.util.Arrays;

/// RDATA that we keep as octets although names may be compressed in it: the types of RFC 1035 and
/// of RFC 3597 §4, and DNAME. A pointer means nothing outside of its message, so the names are
/// expanded when they are read.
/// @param fixed   octets before the first string
/// @param strings character strings (RFC 1035 §3.3) before the first name
/// @param names   domain names; whatever octets follow are copied
record ExpandedRdata(int fixed, int strings, int names) {
    private static final ExpandedRdata NO_NAMES = new ExpandedRdata(0, 0, 0);
    private static final ExpandedRdata NAME = new ExpandedRdata(0, 0, 1);
    private static final ExpandedRdata TWO_NAMES = new ExpandedRdata(0, 0, 2);
    private static final ExpandedRdata PREFERENCE_NAME = new ExpandedRdata(2, 0, 1);
    private static final ExpandedRdata PREFERENCE_TWO_NAMES = new ExpandedRdata(2, 0, 2);
    private static final ExpandedRdata SIG = new ExpandedRdata(18, 0, 1);
    private static final ExpandedRdata NAPTR = new ExpandedRdata(4, 3, 1);

    /// The shape of a type's data. By code, as the registry has them; most have no mnemonic here.
    static ExpandedRdata of(int type) {
        return switch (type) {
            case 3, 4, 7, 8, 9, 30, 39 -> NAME; // MD, MF, MB, MG, MR, NXT, DNAME
            case 14, 17 -> TWO_NAMES; // MINFO, RP
            case 18, 21, 36 -> PREFERENCE_NAME; // AFSDB, RT, KX
            case 26 -> PREFERENCE_TWO_NAMES; // PX
            case 24 -> SIG;
            case 35 -> NAPTR;
            default -> NO_NAMES;
        };
    }

    /// The data up to `end`, names in full. Data that is shorter than its shape ends the reading.
    byte[] read(Cursor in, int end) {
        if (names == 0) {
            return in.octets(end - in.at());
        }
        var octets = new byte[end - in.at() + names * DomainName.OCTETS_MAX];
        int begin = in.at();
        in.skip(fixed);
        for (int i = 0; i < strings; i++) {
            in.skip(in.u8());
        }
        if (in.at() > end) {
            in.fail("RDATA does not fill its length");
        }
        int length = in.copyFrom(begin, octets, 0);
        for (int i = 0; i < names; i++) {
            length = in.name().copyTo(octets, length);
        }
        int rest = in.at();
        if (rest <= end) {
            in.skip(end - rest);
            length = in.copyFrom(rest, octets, length);
        }
        return Arrays.copyOf(octets, length);
    }
}
