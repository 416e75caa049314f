package io.waymark.proxy.netlink.nft;

import io.waymark.proxy.netlink.Batch;
import io.waymark.proxy.netlink.MessageWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Adds messages to a [Batch] that make or remove parts of one table. Objects are named, so that the
/// messages of one batch may refer to each other.
public final class TableWriter {
    static final int NEW_TABLE = 0;
    static final int DELETE_TABLE = 2;
    static final int NEW_CHAIN = 3;
    static final int NEW_RULE = 6;
    static final int DELETE_RULE = 8;
    static final int NEW_SET = 9;
    static final int NEW_ELEMENTS = 12;
    static final int DELETE_ELEMENTS = 14;
    private static final int CREATE = 0x400;
    private static final int APPEND = 0x800;

    /// An attribute holds at most 64 KiB; the elements of one message are one attribute.
    private static final int ELEMENTS_OCTETS = 60_000;

    private static final int ELEMENT_INTERVAL_END = 1;

    private final Batch batch;
    private final NfFamily family;
    private final String table;
    private int setId = 1;

    public TableWriter(Batch batch, NfFamily family, String table) {
        this.batch = batch;
        this.family = family;
        this.table = table;
    }

    /// Makes the table, or changes its flags if it is there.
    /// @param flags   of [Table]
    /// @param comment at most [Rule#COMMENT_MAX] octets; only of a table that is not there yet
    public void createTable(int flags, String comment) {
        var writer = batch.begin(NEW_TABLE, CREATE, family.number());
        writer.text(1, table);
        writer.be32(2, flags);
        if (!comment.isEmpty()) {
            writer.octets(6, comment(comment));
        }
        batch.end(inTable("it"));
    }

    /// Removes the table with all that is in it.
    public void deleteTable() {
        var writer = batch.begin(DELETE_TABLE, 0, family.number());
        writer.text(1, table);
        batch.end(inTable("it"));
    }

    public void create(Chain chain) {
        var writer = batch.begin(NEW_CHAIN, CREATE, family.number());
        writer.text(1, table);
        writer.text(3, chain.name());
        switch (chain) {
            case Chain.Regular regular -> {}
            case Chain.Nat(var name, int hook, int priority) -> {
                int nested = writer.open(4);
                writer.be32(1, hook);
                writer.be32(2, priority);
                writer.close(nested);
                writer.be32(5, Verdict.ACCEPT.code());
                writer.text(7, "nat");
            }
            case Chain.Foreign foreign -> throw new IllegalStateException(foreign + " can only be read");
        }
        batch.end(inTable("chain " + chain.name()));
    }

    /// Adds the rule at the end of its chain.
    public void append(Rule rule) {
        var writer = batch.begin(NEW_RULE, CREATE | APPEND, family.number());
        writer.text(1, table);
        writer.text(2, rule.chain());
        int nested = writer.open(4);
        var expressions = new ExpressionWriter(writer);
        rule.expressions().forEach(expressions::write);
        writer.close(nested);
        if (!rule.comment().isEmpty()) {
            writer.octets(7, comment(rule.comment()));
        }
        batch.end(inTable("a rule of chain " + rule.chain()));
    }

    /// As `nft` keeps comments: kind 0, length, text, NUL.
    private static byte[] comment(String text) {
        var encoded = (text + '\0').getBytes(StandardCharsets.UTF_8);
        var whole = new byte[encoded.length + 2];
        whole[1] = (byte) encoded.length;
        System.arraycopy(encoded, 0, whole, 2, encoded.length);
        return whole;
    }

    public void create(SetSpec set) {
        var writer = batch.begin(NEW_SET, CREATE, family.number());
        writer.text(1, table);
        writer.text(2, set.name());
        writer.be32(3, set.flags());
        writer.be32(4, DataType.number(set.key()));
        writer.be32(5, DataType.octets(set.key()));
        if (!set.data().isEmpty()) {
            writer.be32(6, DataType.number(set.data()));
            writer.be32(7, DataType.octets(set.data()));
        }
        describe(writer, set);
        writer.be32(10, setId++);
        if (set.timeout() != 0) {
            writer.be64(11, set.timeout());
        }
        batch.end(inTable("set " + set.name()));
    }

    private static void describe(MessageWriter writer, SetSpec set) {
        boolean concatenated = set.traits().contains(SetSpec.Trait.CONCATENATED);
        if (set.elementsMax() == 0 && !concatenated) {
            return;
        }
        int description = writer.open(9);
        if (set.elementsMax() != 0) {
            writer.be32(1, set.elementsMax());
        }
        if (concatenated) {
            int fields = writer.open(2);
            for (var type : set.key()) {
                int field = writer.open(1);
                writer.be32(1, type.octets());
                writer.close(field);
            }
            writer.close(fields);
        }
        writer.close(description);
    }

    /// Adds elements. One that is there with the same value is left as it is; with another value the
    /// batch is refused with EEXIST.
    public void add(String set, List<Element> elements) {
        elements(NEW_ELEMENTS, CREATE, set, elements);
    }

    /// Removes elements. The batch is refused with ENOENT if one is not there.
    public void delete(String set, List<Element> elements) {
        elements(DELETE_ELEMENTS, 0, set, elements);
    }

    private void elements(int kind, int flags, String set, List<Element> elements) {
        int next = 0;
        while (next < elements.size()) {
            int first = next;
            var writer = batch.begin(kind, flags, family.number());
            writer.text(1, table);
            writer.text(2, set);
            int list = writer.open(3);
            while (next < elements.size() && writer.length() - list < ELEMENTS_OCTETS) {
                element(writer, elements.get(next++), kind == NEW_ELEMENTS);
            }
            writer.close(list);
            var verb = kind == NEW_ELEMENTS ? "adding " : "deleting ";
            batch.end(inTable(verb + (next - first) + " elements of " + set + " from " + elements.get(first)));
        }
    }

    private static void element(MessageWriter writer, Element element, boolean withValue) {
        int start = writer.open(1);
        ExpressionWriter.value(writer, 1, element.key());
        switch (element) {
            case Element.Member member -> {}
            case Element.Mapping(var key, var value) -> {
                if (withValue) {
                    ExpressionWriter.value(writer, 2, value);
                }
            }
            case Element.Decision(var key, var verdict) -> {
                if (withValue) {
                    ExpressionWriter.verdict(writer, 2, verdict);
                }
            }
            case Element.Range(var key, var last) -> ExpressionWriter.value(writer, 10, last);
            case Element.End end -> writer.be32(3, ELEMENT_INTERVAL_END);
        }
        writer.close(start);
    }

    private String inTable(String subject) {
        return subject + " in table " + family + " " + table;
    }
}
