package io.waymark.proxy.iptables.xt;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.Table;
import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.MessageWriter;
import io.waymark.proxy.netlink.nft.NfFamily;
import java.util.Set;

/// Adds messages to a [Batch] that change iptables' tables of one family, as `iptables-nft` would.
/// Objects are named, so that the messages of one batch may refer to each other.
public final class TableBatch {
    private static final int NEW_TABLE = 0;
    private static final int NEW_CHAIN = 3;
    private static final int DELETE_CHAIN = 5;
    private static final int NEW_RULE = 6;
    private static final int DELETE_RULE = 8;
    private static final int CREATE = 0x400;
    private static final int APPEND = 0x800;
    private static final int ACCEPT = 1;

    private final Batch batch;
    private final NfFamily family;

    public TableBatch(Batch batch, NfFamily family) {
        this.batch = batch;
        this.family = family;
    }

    /// Makes the table and the chains that the kernel calls, as far as they are not there: one that is
    /// keeps its policy. None of `mangle`: user chains need none.
    public void createTable(Table table, Set<ChainId> there) {
        var writer = batch.begin(NEW_TABLE, CREATE, family.number());
        writer.text(1, table.toString());
        writer.be32(2, 0);
        batch.end("table " + family + " " + table);
        switch (table) {
            case FILTER -> {
                base(ChainId.filter("INPUT"), 1, 0, there);
                base(ChainId.filter("FORWARD"), 2, 0, there);
                base(ChainId.filter("OUTPUT"), 3, 0, there);
            }
            case NAT -> {
                base(ChainId.nat("PREROUTING"), 0, -100, there);
                base(ChainId.nat("INPUT"), 1, 100, there);
                base(ChainId.nat("OUTPUT"), 3, -100, there);
                base(ChainId.nat("POSTROUTING"), 4, 100, there);
            }
            case MANGLE -> {}
        }
    }

    private void base(ChainId chain, int hook, int priority, Set<ChainId> there) {
        if (there.contains(chain)) {
            return;
        }
        var writer = batch.begin(NEW_CHAIN, CREATE, family.number());
        writer.text(1, chain.table().toString());
        writer.text(3, chain.name());
        int nested = writer.open(4);
        writer.be32(1, hook);
        writer.be32(2, priority);
        writer.close(nested);
        writer.be32(5, ACCEPT);
        writer.text(7, chain.table().toString());
        batch.end(subject(chain));
    }

    /// Makes a chain without rules; one that is there stays as it is.
    public void create(ChainId chain) {
        var writer = batch.begin(NEW_CHAIN, CREATE, family.number());
        writer.text(1, chain.table().toString());
        writer.text(3, chain.name());
        batch.end(subject(chain));
    }

    /// Removes a chain that has no rules, and that no rule leads to.
    public void delete(ChainId chain) {
        var writer = batch.begin(DELETE_CHAIN, 0, family.number());
        writer.text(1, chain.table().toString());
        writer.text(3, chain.name());
        batch.end(subject(chain));
    }

    /// Removes all rules of a chain.
    public void flush(ChainId chain) {
        batchRule(DELETE_RULE, 0, chain);
        batch.end("the rules of " + subject(chain));
    }

    /// Removes one rule.
    public void delete(ChainId chain, long handle) {
        batchRule(DELETE_RULE, 0, chain).be64(3, handle);
        batch.end("rule " + handle + " of " + subject(chain));
    }

    public void append(ChainId chain, EncodedRule rule) {
        write(batchRule(NEW_RULE, CREATE | APPEND, chain), rule);
        batch.end("a rule of " + subject(chain));
    }

    /// At the head of a chain.
    public void prepend(ChainId chain, EncodedRule rule) {
        write(batchRule(NEW_RULE, CREATE, chain), rule);
        batch.end("a rule of " + subject(chain));
    }

    /// Behind the rule with this handle.
    public void insertBehind(ChainId chain, long handle, EncodedRule rule) {
        var writer = batchRule(NEW_RULE, CREATE | APPEND, chain);
        write(writer, rule);
        writer.be64(6, handle);
        batch.end("a rule of " + subject(chain) + " behind rule " + handle);
    }

    private MessageWriter batchRule(int kind, int flags, ChainId chain) {
        var writer = batch.begin(kind, flags, family.number());
        writer.text(1, chain.table().toString());
        writer.text(2, chain.name());
        return writer;
    }

    private static void write(MessageWriter writer, EncodedRule rule) {
        writer.octets(4, rule.expressions().toByteArray());
        if (rule.protocol() != 0) {
            int compatible = writer.openUnmarked(5);
            writer.be32(1, rule.protocol());
            writer.be32(2, 0);
            writer.close(compatible);
        }
    }

    /// As a refusal names the chain.
    public String subject(ChainId chain) {
        return "chain " + chain.name() + " in table " + family + " " + chain.table();
    }
}
