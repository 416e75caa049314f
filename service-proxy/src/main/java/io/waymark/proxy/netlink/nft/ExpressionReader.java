package io.waymark.proxy.netlink.nft;

import io.waymark.proxy.netlink.Attributes;
import java.util.ArrayList;
import java.util.List;

/// Parses the expressions of a rule as the kernel dumps them. What Waymark does not write, in name or
/// in form, is [Expression.Foreign]: an audit only needs to see that it is not ours.
final class ExpressionReader {
    private static final int NONE = -1;
    /// Flags of `nat` that the kernel adds itself.
    private static final int ADDRESS_AND_PORT = 3;

    private ExpressionReader() {}

    /// @param list NFTA_RULE_EXPRESSIONS
    static List<Expression> read(Attributes list) {
        var expressions = new ArrayList<Expression>();
        list.forEach((type, element) -> expressions.add(one(element.text(1), element.get(2))));
        return List.copyOf(expressions);
    }

    private static Expression one(String name, Attributes held) {
        return switch (name) {
            case "payload" ->
                new Expression.Payload(register(held, 1), number(held, 2), number(held, 3), number(held, 4));
            case "meta" -> meta(held);
            case "cmp" -> new Expression.Compare(register(held, 1), number(held, 2) == 0, value(held, 3));
            case "bitwise" ->
                number(held, 6) > 0
                        ? new Expression.Foreign("bitwise shift")
                        : new Expression.Bitwise(register(held, 1), register(held, 2), value(held, 4), value(held, 5));
            case "lookup" -> lookup(held);
            case "immediate" ->
                held.get(2).get(2).isEmpty()
                        ? new Expression.Foreign("immediate value")
                        : new Expression.Decide(verdict(held.get(2)));
            case "numgen" ->
                number(held, 3) == 1
                        ? new Expression.Random(register(held, 1), number(held, 2), Math.max(0, number(held, 4)))
                        : new Expression.Foreign("numgen inc");
            case "fib" -> fib(held);
            case "ct" ->
                number(held, 2) == ExpressionWriter.CT_STATUS
                        ? new Expression.ConnectionStatus(register(held, 1))
                        : new Expression.Foreign("ct");
            case "nat" -> nat(held);
            case "masq" ->
                number(held, 1) == ExpressionWriter.FULLY_RANDOM && held.get(2).isEmpty()
                        ? new Expression.Masquerade()
                        : new Expression.Foreign("masq");
            case "reject" -> reject(held);
            case "dynset" -> dynamic(held);
            default -> new Expression.Foreign(name);
        };
    }

    private static Expression meta(Attributes held) {
        int number = number(held, 2);
        if (!held.get(3).isEmpty()) {
            return number == Expression.Meta.Key.MARK.number
                    ? new Expression.SetMark(register(held, 3))
                    : new Expression.Foreign("meta set");
        }
        for (var key : Expression.Meta.Key.values()) {
            if (key.number == number) {
                return new Expression.Meta(register(held, 1), key);
            }
        }
        return new Expression.Foreign("meta");
    }

    private static Expression lookup(Attributes held) {
        if (number(held, 5) > 0) {
            return new Expression.Foreign("lookup inverted");
        }
        return held.get(3).isEmpty()
                ? new Expression.Member(held.text(1), register(held, 2))
                : new Expression.Lookup(held.text(1), register(held, 2), register(held, 3));
    }

    private static Expression fib(Attributes held) {
        int flags = number(held, 3);
        boolean known = flags == ExpressionWriter.FIB_SOURCE || flags == ExpressionWriter.FIB_DESTINATION;
        return known && number(held, 2) == ExpressionWriter.FIB_ADDRESS_TYPE
                ? new Expression.AddressType(register(held, 1), flags == ExpressionWriter.FIB_SOURCE)
                : new Expression.Foreign("fib");
    }

    private static Expression nat(Attributes held) {
        for (var family : NfFamily.values()) {
            if (number(held, 1) == ExpressionWriter.NAT_DESTINATION
                    && number(held, 2) == family.number()
                    && (Math.max(0, number(held, 7)) & ~ADDRESS_AND_PORT) == 0) {
                return new Expression.DestinationNat(family, register(held, 3), register(held, 5));
            }
        }
        return new Expression.Foreign("nat");
    }

    private static Expression reject(Attributes held) {
        int code = number(held, 1) == 0 ? held.u8(2, NONE) : NONE;
        return switch (code) {
            case ExpressionWriter.PORT_UNREACHABLE -> new Expression.Reject(NfFamily.IP);
            case ExpressionWriter.PORT_UNREACHABLE_6 -> new Expression.Reject(NfFamily.IP6);
            default -> new Expression.Foreign("reject");
        };
    }

    private static Expression dynamic(Attributes held) {
        int operation = number(held, 3);
        int key = register(held, 4);
        int value = register(held, 5);
        return switch (operation) {
            case ExpressionWriter.UPDATE -> new Expression.Update(held.text(1), key, value, held.be64(6, 0));
            case ExpressionWriter.REMOVE -> new Expression.Remove(held.text(1), key, value);
            default -> new Expression.Foreign("dynset");
        };
    }

    private static int number(Attributes held, int type) {
        return held.be32(type, NONE);
    }

    /// The kernel dumps registers 8, 12, 16 and 20 by the names of the 16-octet registers, 1 to 4.
    private static int register(Attributes held, int type) {
        int register = number(held, type);
        return register >= 1 && register <= 4 ? 4 + register * 4 : register;
    }

    private static Octets value(Attributes held, int type) {
        return Octets.owning(held.get(type).get(1).toByteArray());
    }

    /// @param data NFTA_DATA_x
    static Verdict verdict(Attributes data) {
        var verdict = data.get(2);
        return new Verdict(number(verdict, 1), verdict.text(2));
    }
}
