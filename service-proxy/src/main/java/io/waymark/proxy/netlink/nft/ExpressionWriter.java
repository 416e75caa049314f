package io.waymark.proxy.netlink.nft;

import io.waymark.proxy.netlink.MessageWriter;

/// Composes expressions: each is a list element with a name and its attributes (NFTA_EXPR_x).
final class ExpressionWriter {
    private static final int LIST_ELEMENT = 1;
    private static final int NAME = 1;
    private static final int DATA = 2;
    private static final int DATA_VALUE = 1;
    private static final int DATA_VERDICT = 2;
    private static final int VERDICT_CODE = 1;
    private static final int VERDICT_CHAIN = 2;

    private static final int MARK = 3;
    static final int FIB_ADDRESS_TYPE = 3;
    static final int FIB_SOURCE = 1;
    static final int FIB_DESTINATION = 2;
    static final int CT_STATUS = 2;
    static final int NAT_DESTINATION = 1;
    static final int FULLY_RANDOM = 0x10;
    static final int UPDATE = 1;
    static final int REMOVE = 2;
    static final int PORT_UNREACHABLE = 3;
    static final int PORT_UNREACHABLE_6 = 4;

    private final MessageWriter writer;

    ExpressionWriter(MessageWriter writer) {
        this.writer = writer;
    }

    void write(Expression expression) {
        int element = writer.open(LIST_ELEMENT);
        switch (expression) {
            case Expression.Payload(int to, int base, int offset, int length) ->
                numbers("payload", to, base, offset, length);
            case Expression.Meta(int to, var key) -> numbers("meta", to, key.number);
            case Expression.SetMark(int from) -> {
                int data = begin("meta");
                writer.be32(2, MARK);
                writer.be32(3, from);
                writer.close(data);
            }
            case Expression.Compare(int from, boolean equal, var value) -> {
                int data = begin("cmp");
                writer.be32(1, from);
                writer.be32(2, equal ? 0 : 1);
                value(writer, 3, value);
                writer.close(data);
            }
            case Expression.Bitwise(int from, int to, var mask, var xor) -> {
                int data = begin("bitwise");
                writer.be32(1, from);
                writer.be32(2, to);
                writer.be32(3, mask.length());
                value(writer, 4, mask);
                value(writer, 5, xor);
                writer.close(data);
            }
            case Expression.Member(var set, int from) -> {
                int data = begin("lookup");
                writer.text(1, set);
                writer.be32(2, from);
                writer.close(data);
            }
            case Expression.Lookup(var map, int from, int to) -> {
                int data = begin("lookup");
                writer.text(1, map);
                writer.be32(2, from);
                writer.be32(3, to);
                writer.close(data);
            }
            case Expression.Decide(var verdict) -> {
                int data = begin("immediate");
                writer.be32(1, Expression.Lookup.VERDICT);
                verdict(writer, 2, verdict);
                writer.close(data);
            }
            case Expression.Random(int to, int modulus, int offset) -> numbers("numgen", to, modulus, 1, offset);
            case Expression.AddressType(int to, boolean source) ->
                numbers("fib", to, FIB_ADDRESS_TYPE, source ? FIB_SOURCE : FIB_DESTINATION);
            case Expression.ConnectionStatus(int to) -> numbers("ct", to, CT_STATUS);
            case Expression.DestinationNat(var family, int address, int port) -> {
                int data = begin("nat");
                writer.be32(1, NAT_DESTINATION);
                writer.be32(2, family.number());
                writer.be32(3, address);
                writer.be32(5, port);
                writer.close(data);
            }
            case Expression.Masquerade() -> numbers("masq", FULLY_RANDOM);
            case Expression.Reject(var family) -> {
                int data = begin("reject");
                writer.be32(1, 0);
                writer.u8(2, family == NfFamily.IP ? PORT_UNREACHABLE : PORT_UNREACHABLE_6);
                writer.close(data);
            }
            case Expression.Update(var map, int key, int value, long timeout) -> {
                int data = dynamic(map, UPDATE, key, value);
                if (timeout != 0) {
                    writer.be64(6, timeout);
                }
                writer.close(data);
            }
            case Expression.Remove(var map, int key, int value) -> writer.close(dynamic(map, REMOVE, key, value));
            case Expression.Foreign(var name) ->
                throw new IllegalStateException("the expression " + name + " can only be read");
        }
        writer.close(element);
    }

    private int dynamic(String map, int operation, int key, int value) {
        int data = begin("dynset");
        writer.text(1, map);
        writer.be32(3, operation);
        writer.be32(4, key);
        writer.be32(5, value);
        return data;
    }

    /// An expression whose attributes are numbers, the first of them having type 1.
    private void numbers(String name, int... values) {
        int data = begin(name);
        for (int type = 1; type <= values.length; type++) {
            writer.be32(type, values[type - 1]);
        }
        writer.close(data);
    }

    private int begin(String name) {
        writer.text(NAME, name);
        return writer.open(DATA);
    }

    /// NFTA_DATA_VALUE.
    static void value(MessageWriter writer, int type, Octets value) {
        int data = writer.open(type);
        writer.octets(DATA_VALUE, value.borrowed());
        writer.close(data);
    }

    /// NFTA_DATA_VERDICT.
    static void verdict(MessageWriter writer, int type, Verdict verdict) {
        int data = writer.open(type);
        int inner = writer.open(DATA_VERDICT);
        writer.be32(VERDICT_CODE, verdict.code());
        if (!verdict.chain().isEmpty()) {
            writer.text(VERDICT_CHAIN, verdict.chain());
        }
        writer.close(inner);
        writer.close(data);
    }
}
