package io.waymark.proxy.netlink.nft;

import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.netlink.Errno;
import io.waymark.proxy.netlink.Message;
import io.waymark.proxy.netlink.MessageWriter;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Asks the kernel what is there. A dump that somebody changes under way is done again, at most
/// [#ATTEMPTS] times; then it is a [NetlinkException] (EAGAIN). Used by the thread of its socket.
public final class NftReader {
    private static final int ATTEMPTS = 10;
    private static final int SUBSYSTEM = 10 << 8;
    private static final int GET_TABLE = 1;
    private static final int GET_CHAIN = 4;
    private static final int GET_RULE = 7;
    private static final int GET_SET = 10;
    private static final int GET_ELEMENTS = 13;
    private static final int GET_GENERATION = 16;
    private static final int COMMENT = 0;
    private static final int INTERVAL_END = 1;

    private final NetlinkSocket socket;

    public NftReader(NetlinkSocket socket) {
        this.socket = socket;
    }

    /// The generation of all of nf_tables in this network namespace: each commit of anybody makes the
    /// next one. (The author that the kernel names with it is who asks.)
    public int generation() throws NetlinkException {
        var found = new int[1];
        socket.ask(
                SUBSYSTEM | GET_GENERATION,
                0,
                request -> {},
                message -> found[0] = message.attributes().be32(1, 0));
        return found[0];
    }

    /// All tables of a family, everybody's.
    public List<Table> tables(NfFamily family) throws NetlinkException {
        return dump(GET_TABLE, family, request -> {}, (message, tables) -> {
            var held = message.attributes();
            tables.add(new Table(family, held.text(1), held.be32(2, 0), comment(held.get(6))));
        });
    }

    /// All chains of a table.
    public List<Chain> chains(NfFamily family, String table) throws NetlinkException {
        // The kernel does not select chains by table.
        return dump(GET_CHAIN, family, request -> {}, (message, chains) -> {
            var held = message.attributes();
            if (held.text(1).equals(table)) {
                chains.add(chain(held));
            }
        });
    }

    private static Chain chain(Attributes held) {
        var name = held.text(3);
        var hook = held.get(4);
        if (hook.isEmpty()) {
            return new Chain.Regular(name);
        }
        var type = held.text(7);
        return type.equals("nat") && held.be32(5, Verdict.ACCEPT.code()) == Verdict.ACCEPT.code()
                ? new Chain.Nat(name, hook.be32(1, -1), hook.be32(2, 0))
                : new Chain.Foreign(name, type);
    }

    /// All rules of a table; those of one chain in its order.
    public List<Rule> rules(NfFamily family, String table) throws NetlinkException {
        return dump(GET_RULE, family, request -> request.text(1, table), (message, rules) -> {
            var held = message.attributes();
            if (held.text(1).equals(table)) {
                rules.add(new Rule(held.text(2), ExpressionReader.read(held.get(4)), comment(held.get(7))));
            }
        });
    }

    /// All sets of a table, as [SetSpec#signature].
    public List<String> sets(NfFamily family, String table) throws NetlinkException {
        return dump(GET_SET, family, request -> request.text(1, table), (message, sets) -> {
            var held = message.attributes();
            sets.add("%s flags 0x%x key 0x%x:%d data 0x%x:%d timeout %d size %d"
                    .formatted(
                            held.text(2),
                            held.be32(3, 0),
                            held.be32(4, 0),
                            held.be32(5, 0),
                            held.be32(6, 0),
                            held.be32(7, 0),
                            held.be64(11, 0),
                            held.get(9).be32(1, 0)));
        });
    }

    /// All elements of a set. While the kernel still grows its hash table, some milliseconds after many
    /// were added, a dump can lack an element or have one twice; no flag tells. Who finds one missing asks
    /// again.
    public List<Element> elements(NfFamily family, String table, String set) throws NetlinkException {
        Consumer<MessageWriter> which = request -> {
            request.text(1, table);
            request.text(2, set);
        };
        return dump(
                GET_ELEMENTS,
                family,
                which,
                (message, elements) ->
                        message.attributes().get(3).forEach((type, held) -> elements.add(element(held))));
    }

    private static Element element(Attributes held) {
        var key = octets(held.get(1));
        var data = held.get(2);
        var last = held.get(10);
        if (!last.isEmpty()) {
            return new Element.Range(key, octets(last));
        }
        if (!data.get(2).isEmpty()) {
            return new Element.Decision(key, ExpressionReader.verdict(data));
        }
        if (!data.isEmpty()) {
            return new Element.Mapping(key, octets(data));
        }
        boolean end = (held.be32(3, 0) & INTERVAL_END) != 0;
        return end ? new Element.End(key) : new Element.Member(key);
    }

    private static Octets octets(Attributes data) {
        return Octets.owning(data.get(1).toByteArray());
    }

    /// @param userData kind, length, text, NUL; any number of such
    private static String comment(Attributes userData) {
        var octets = userData.toByteArray();
        int at = 0;
        while (at + 2 <= octets.length) {
            int length = octets[at + 1] & 0xff;
            if (octets[at] == COMMENT && length > 0 && at + 2 + length <= octets.length) {
                return new String(octets, at + 2, length - 1, StandardCharsets.UTF_8);
            }
            at += 2 + length;
        }
        return "";
    }

    /// Turns one message into any number of objects.
    @FunctionalInterface
    private interface Parser<T> {
        void parse(Message message, List<T> into);
    }

    private <T> List<T> dump(int kind, NfFamily family, Consumer<MessageWriter> which, Parser<T> parser)
            throws NetlinkException {
        var found = new ArrayList<T>();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            found.clear();
            if (socket.dump(SUBSYSTEM | kind, family.number(), which, message -> parser.parse(message, found))) {
                return found;
            }
        }
        throw new NetlinkException("reading nf_tables, which somebody changes all the time", Errno.EAGAIN);
    }
}
