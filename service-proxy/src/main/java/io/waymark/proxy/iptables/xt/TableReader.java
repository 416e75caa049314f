package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.netlink.Attributes;
import io.waymark.proxy.netlink.Errno;
import io.waymark.proxy.netlink.Message;
import io.waymark.proxy.netlink.MessageWriter;
import io.waymark.proxy.netlink.NetlinkException;
import io.waymark.proxy.netlink.NetlinkSocket;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.Octets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Asks the kernel for iptables' tables. A dump that somebody changes under way is done again, at most
/// [#ATTEMPTS] times; then it is a [NetlinkException] (EAGAIN). Used by the thread of its socket.
public final class TableReader {
    /// The expression that packets change.
    static final String COUNTER = "counter";

    private static final int ATTEMPTS = 10;
    private static final int SUBSYSTEM = 10 << 8;
    private static final int GET_CHAIN = 4;
    private static final int GET_RULE = 7;

    private final NetlinkSocket socket;
    private final NfFamily family;

    public TableReader(NetlinkSocket socket, NfFamily family) {
        this.socket = socket;
        this.family = family;
    }

    /// A rule as it stands in the kernel.
    /// @param handle      names it within its table
    /// @param expressions without the counter, which packets change
    /// @param to          the chain that it leads to, or empty
    public record Found(String chain, long handle, Octets expressions, Optional<String> to) {}

    /// The chains of iptables' tables, each with how many rules it has and lead to it together.
    public Map<ChainId, Integer> chains() throws NetlinkException {
        var found = new HashMap<ChainId, Integer>();
        dump(GET_CHAIN, request -> {}, found::clear, message -> {
            var held = message.attributes();
            var name = held.text(1);
            for (var table : Table.values()) {
                if (table.toString().equals(name)) {
                    found.put(new ChainId(table, held.text(3)), held.be32(6, 0));
                }
            }
        });
        return found;
    }

    /// The rules of one chain, in their order; none if there is no such chain.
    public List<Found> rules(ChainId chain) throws NetlinkException {
        var found = new ArrayList<Found>();
        Consumer<MessageWriter> which = request -> {
            request.text(1, chain.table().toString());
            request.text(2, chain.name());
        };
        try {
            dump(GET_RULE, which, found::clear, message -> {
                var held = message.attributes();
                // Kernels before 5.19 show other tables' chains of that name too.
                if (held.text(1).equals(chain.table().toString())
                        && held.text(2).equals(chain.name())) {
                    found.add(found(held));
                }
            });
        } catch (NetlinkException refused) {
            if (refused.errno() != Errno.ENOENT) {
                throw refused;
            }
        }
        return found;
    }

    /// Digests of the rules of each chain of a table that has any.
    public Map<ChainId, ChainDigest> digests(Table table) throws NetlinkException {
        var found = new HashMap<ChainId, ChainDigest>();
        dump(GET_RULE, request -> request.text(1, table.toString()), found::clear, message -> {
            var held = message.attributes();
            if (held.text(1).equals(table.toString())) {
                found.computeIfAbsent(new ChainId(table, held.text(2)), chain -> new ChainDigest())
                        .add(held.get(4));
            }
        });
        return found;
    }

    private static Found found(Attributes held) {
        return new Found(held.text(2), held.be64(3, 0), withoutCounter(held.get(4)), to(held.get(4)));
    }

    /// A rule of ours, as octets to compare with [Found#expressions].
    public static Octets withoutCounter(EncodedRule rule) {
        return withoutCounter(Attributes.of(rule.expressions().toByteArray()));
    }

    /// The expressions of a rule, as octets to compare.
    static Octets withoutCounter(Attributes expressions) {
        var writer = new MessageWriter();
        expressions.forEach((type, element) -> {
            boolean isCounter = element.text(1).equals(COUNTER);
            writer.octets(type, isCounter ? new byte[0] : element.toByteArray());
        });
        return Octets.owning(writer.toByteArray());
    }

    private static Optional<String> to(Attributes expressions) {
        var found = new ArrayList<String>();
        expressions.forEach((type, element) -> {
            var chain = element.get(2).get(2).get(2).text(2);
            if (element.text(1).equals("immediate") && !chain.isEmpty()) {
                found.add(chain);
            }
        });
        return found.stream().findFirst();
    }

    private void dump(int kind, Consumer<MessageWriter> which, Runnable again, Message.Visitor each)
            throws NetlinkException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            again.run();
            if (socket.dump(SUBSYSTEM | kind, family.number(), which, each)) {
                return;
            }
        }
        throw new NetlinkException("reading iptables' tables, which somebody changes all the time", Errno.EAGAIN);
    }
}
