package io.waymark.testzones.ask;

import java.nio.ByteBuffer;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;
import org.xbill.DNS.Type;

/// One question, and how it is put.
/// @param name absolute, with the dot at the end, in the case it is asked in
/// @param type a mnemonic or `TYPE123`
public record Ask(String name, String type, Form form) {

    /// How a question is put.
    /// @param edns        the advertised size in octets, or 0 for a question without EDNS
    /// @param ednsVersion 0, but for a question that no server can understand yet
    public record Form(
            int edns, int ednsVersion, boolean dnssecOk, boolean recursionDesired, String dnsClass, int opcode) {
        /// Version 0 of EDNS.
        public Form(int edns, boolean dnssecOk, boolean recursionDesired, String dnsClass, int opcode) {
            this(edns, 0, dnssecOk, recursionDesired, dnsClass, opcode);
        }

        /// As most stub resolvers ask: no EDNS, 512 octets.
        public static final Form PLAIN = new Form(0, false, true, "IN", 0);
        /// With room for each answer that a datagram can hold.
        public static final Form ROOMY = new Form(4096, false, true, "IN", 0);
        /// As a validating resolver asks.
        public static final Form DNSSEC_OK = new Form(1232, true, false, "IN", 0);
    }

    /// A question as most of the tests put it.
    public static Ask roomy(String name, String type) {
        return new Ask(name, type, Form.ROOMY);
    }

    /// The message with this ID.
    byte[] wire(int id) {
        try {
            var message = ByteBuffer.allocate(512);
            message.putShort((short) id);
            message.putShort((short) (form.opcode << 11 | (form.recursionDesired ? 0x100 : 0)));
            message.putShort((short) 1).putInt(0).putShort((short) (form.edns > 0 ? 1 : 0));
            message.put(Name.fromString(name).toWire());
            message.putShort((short) Type.value(type, true)).putShort((short) DClass.value(form.dnsClass));
            if (form.edns > 0) {
                message.put((byte) 0).putShort((short) Type.OPT).putShort((short) form.edns);
                message.putInt(form.ednsVersion << 16 | (form.dnssecOk ? 0x8000 : 0))
                        .putShort((short) 0);
            }
            var octets = new byte[message.position()];
            message.flip().get(octets);
            return octets;
        } catch (TextParseException e) {
            throw new IllegalArgumentException(name + " is no name to ask for", e);
        }
    }

    @Override
    public String toString() {
        return name + " " + type + (form.equals(Form.ROOMY) ? "" : " " + form);
    }
}
