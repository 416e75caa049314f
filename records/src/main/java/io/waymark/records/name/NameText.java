package io.waymark.records.name;

import java.util.Arrays;
import java.util.Optional;

/// The presentation form of names (RFC 1035 §5.1): labels with dots between, `\X` for a character
/// that would mean something else, `\DDD` for an octet in decimal.
final class NameText {
    private NameText() {}

    /// The uncompressed wire form, or empty if the text is no name.
    static Optional<byte[]> read(String text) {
        if (text.equals(".")) {
            return Optional.of(new byte[1]);
        }
        var wire = new byte[DomainName.OCTETS_MAX];
        int labelAt = 0;
        int end = 1;
        for (int i = 0; i < text.length(); i++) {
            int octet = text.charAt(i);
            if (octet == '.') {
                int size = end - labelAt - 1;
                if (size == 0 || size > DomainName.LABEL_OCTETS_MAX) {
                    return Optional.empty();
                }
                wire[labelAt] = (byte) size;
                labelAt = end++;
            } else {
                if (octet == '\\') {
                    int escape = escape(text, i + 1);
                    if (escape < 0) {
                        return Optional.empty();
                    }
                    octet = escape & 0xff;
                    i += escape >>> 8;
                }
                if (octet > 0xff || end > DomainName.OCTETS_MAX - 2) {
                    return Optional.empty();
                }
                wire[end++] = (byte) octet;
            }
        }
        int size = end - labelAt - 1;
        if (size > DomainName.LABEL_OCTETS_MAX || end > DomainName.OCTETS_MAX || text.isEmpty()) {
            return Optional.empty();
        }
        if (size > 0) {
            wire[labelAt] = (byte) size;
            end++;
        }
        return end > DomainName.OCTETS_MAX ? Optional.empty() : Optional.of(Arrays.copyOf(wire, end));
    }

    /// The octet in the low eight bits, above it how many characters it took; -1 if it is none.
    private static int escape(String text, int at) {
        if (at >= text.length()) {
            return -1;
        }
        char first = text.charAt(at);
        if (first < '0' || first > '9') {
            return first > 0xff ? -1 : 1 << 8 | first;
        }
        int value = 0;
        for (int i = at; i < at + 3; i++) {
            if (i >= text.length() || text.charAt(i) < '0' || text.charAt(i) > '9') {
                return -1;
            }
            value = value * 10 + text.charAt(i) - '0';
        }
        return value > 0xff ? -1 : 3 << 8 | value;
    }

    static String write(byte[] wire, int start) {
        if (wire[start] == 0) {
            return ".";
        }
        var text = new StringBuilder(wire.length - start);
        int at = start;
        while (wire[at] != 0) {
            int end = at + 1 + wire[at];
            for (int i = at + 1; i < end; i++) {
                int octet = wire[i] & 0xff;
                if (octet <= ' ' || octet >= 0x7f) {
                    text.append('\\').append((char) ('0' + octet / 100)).append((char) ('0' + octet / 10 % 10));
                    text.append((char) ('0' + octet % 10));
                } else {
                    if (octet == '.'
                            || octet == '\\'
                            || octet == '"'
                            || octet == '('
                            || octet == ')'
                            || octet == ';'
                            || octet == '@'
                            || octet == '$') {
                        text.append('\\');
                    }
                    text.append((char) octet);
                }
            }
            text.append('.');
            at = end;
        }
        return text.toString();
    }
}
