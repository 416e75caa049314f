package io.waymark.source.kubernetes.protobuf.wire;

import java.nio.charset.StandardCharsets;

/// A place in one protobuf message (Protocol Buffers, "Encoding"). Reads fields one after the other;
/// nested messages are read in place: [#enter] narrows the cursor to one, [#leave] widens it again.
///
/// Reused for message after message, so it is confined to one thread. Never reads outside the
/// message; depth is that of the decoder's own code, since nothing here recurses.
public final class ProtoCursor {
    private static final int VARINT = 0;
    private static final int FIXED_64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED_32 = 5;
    private static final int VARINT_OCTETS_MAX = 10;

    private byte[] octets = new byte[0];
    private int at;
    private int end;
    private int tag;

    /// The tag (`number << 3 | wire type`) of a string, a bytes field or a nested message.
    public static int delimited(int number) {
        return number << 3 | LENGTH_DELIMITED;
    }

    /// The tag of a number or a truth value.
    public static int number(int number) {
        return number << 3 | VARINT;
    }

    /// Sets the cursor on the message in `octets[from, to)`.
    public void set(byte[] octets, int from, int to) {
        this.octets = octets;
        this.at = from;
        this.end = to;
    }

    public boolean hasMore() {
        return at < end;
    }

    public byte[] octets() {
        return octets;
    }

    /// Where the next octet is read, as an index of [#octets].
    public int position() {
        return at;
    }

    /// Goes back to a position of the message that the cursor is in now.
    public void rewind(int position) {
        at = position;
    }

    /// The next field's tag.
    public int tag() throws MalformedProtobuf {
        tag = (int) varint();
        return tag;
    }

    /// Passes over the value of the field whose tag was read last.
    public void skip() throws MalformedProtobuf {
        switch (tag & 7) {
            case VARINT -> varint();
            case FIXED_64 -> advance(8);
            case LENGTH_DELIMITED -> advance(length());
            case FIXED_32 -> advance(4);
            default -> throw malformed("wire type " + (tag & 7));
        }
    }

    private void advance(int count) throws MalformedProtobuf {
        if (count > end - at) {
            throw malformed("a field leaves its message");
        }
        at += count;
    }

    /// A number of up to 64 bits, the lowest seven first.
    public long varint() throws MalformedProtobuf {
        long value = 0;
        for (int i = 0; i < VARINT_OCTETS_MAX && at < end; i++) {
            byte octet = octets[at++];
            value |= (long) (octet & 0x7f) << 7 * i;
            if (octet >= 0) {
                return value;
            }
        }
        throw malformed("a number has no end");
    }

    /// How many octets the field's value has; they follow, and are all there.
    public int length() throws MalformedProtobuf {
        long length = varint();
        if (length < 0 || length > end - at) {
            throw malformed("a field leaves its message");
        }
        return (int) length;
    }

    public boolean bool() throws MalformedProtobuf {
        return varint() != 0;
    }

    public String text() throws MalformedProtobuf {
        int length = length();
        var text = new String(octets, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    /// As [#text], one object for equal texts.
    public String text(TextPool pool) throws MalformedProtobuf {
        int length = length();
        var text = pool.text(octets, at, length);
        at += length;
        return text;
    }

    /// Narrows the cursor to the nested message that begins here.
    /// @return what to give to [#leave]
    public int enter() throws MalformedProtobuf {
        int length = length();
        int outer = end;
        end = at + length;
        return outer;
    }

    /// Goes on after the nested message that [#enter] began.
    public void leave(int outer) {
        at = end;
        end = outer;
    }

    public MalformedProtobuf malformed(String why) {
        return new MalformedProtobuf("malformed protobuf: " + why + " (octet " + at + " of " + end + ")");
    }
}
