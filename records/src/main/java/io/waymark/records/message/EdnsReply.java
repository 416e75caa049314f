package io.waymark.records.message;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The OPT record of a reply (RFC 6891 §6.1.1: one if the query had one, none otherwise). It says
/// version 0, echoes the UDP payload size and the DO bit, and of the options what CoreDNS echoes:
///
/// - NSID, EXPIRE and TCP-KEEPALIVE, empty, as they are in queries (RFC 5001, 7314, 7828);
/// - of COOKIE the client's eight octets; we make no server cookie (RFC 7873 §5.2);
/// - PADDING, zeros, as long as the query's; above [#PADDING_MAX] it is left out (RFC 7830 §4).
///
/// Others are dropped (RFC 6891 §6.1.2), and so is a second one of the same code. So the record has
/// at most [#OCTETS_MAX] octets, and a reply of 512 has room for it beside any question.
final class EdnsReply {
    static final int PADDING_MAX = 128;
    /// The five options, four octets before each, COOKIE's eight and the padding.
    static final int OCTETS_MAX = Opt.FIXED_OCTETS + 5 * 4 + 8 + PADDING_MAX;

    private static final int CLIENT_COOKIE_OCTETS = 8;
    private static final int OPTION_HEADER_OCTETS = 4;
    private static final int NOT_ECHOED = -1;

    private EdnsReply() {}

    /// Octets of the record that [#write] writes.
    static int octets(Edns asked) {
        return Opt.FIXED_OCTETS + optionOctets(asked.options());
    }

    /// Writes the record; the writer has room for [#octets].
    static void write(MessageWriter out, Edns asked, Rcode rcode) {
        Opt.writeFixed(out, asked.udpSize(), rcode, 0, asked.dnssecOk());
        var options = asked.options();
        out.u16(optionOctets(options));
        for (int i = 0, seen = 0; i < options.size(); i++) {
            var option = options.get(i);
            int size = echoed(option, seen);
            if (size != NOT_ECHOED) {
                seen |= 1 << option.code();
                out.u16(option.code());
                out.u16(size);
                if (option.code() == Edns.COOKIE) {
                    out.octets(option.octets(), size);
                } else {
                    out.zeros(size);
                }
            }
        }
    }

    /// The same record as a value.
    static Edns of(Edns asked) {
        var echo = new ArrayList<Edns.Option>();
        int seen = 0;
        for (var option : asked.options()) {
            int size = echoed(option, seen);
            if (size != NOT_ECHOED) {
                seen |= 1 << option.code();
                echo.add(new Edns.Option(
                        option.code(),
                        option.code() == Edns.COOKIE ? Arrays.copyOf(option.octets(), size) : new byte[size]));
            }
        }
        return new Edns(asked.udpSize(), 0, asked.dnssecOk(), echo);
    }

    private static int optionOctets(List<Edns.Option> options) {
        int octets = 0;
        for (int i = 0, seen = 0; i < options.size(); i++) {
            var option = options.get(i);
            int size = echoed(option, seen);
            if (size != NOT_ECHOED) {
                seen |= 1 << option.code();
                octets += OPTION_HEADER_OCTETS + size;
            }
        }
        return octets;
    }

    /// How many octets of data the echo of an option has; `seen` has a bit for each earlier code.
    private static int echoed(Edns.Option option, int seen) {
        if (option.code() > Edns.PADDING || (seen & 1 << option.code()) != 0) {
            return NOT_ECHOED;
        }
        int length = option.octets().length;
        return switch (option.code()) {
            case Edns.NSID, Edns.EXPIRE, Edns.TCP_KEEPALIVE -> 0;
            case Edns.COOKIE -> length < CLIENT_COOKIE_OCTETS ? NOT_ECHOED : CLIENT_COOKIE_OCTETS;
            case Edns.PADDING -> length > PADDING_MAX ? NOT_ECHOED : length;
            default -> NOT_ECHOED;
        };
    }
}
