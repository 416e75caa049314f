package io.waymark.proxy.iptables.chains;

import java.util.Comparator;

/// A chain of one table. Two tables may have chains of one name.
public record ChainId(Table table, String name) implements Comparable<ChainId> {
    private static final Comparator<ChainId> ORDER =
            Comparator.comparing(ChainId::table).thenComparing(ChainId::name);

    public static ChainId nat(String name) {
        return new ChainId(Table.NAT, name);
    }

    public static ChainId filter(String name) {
        return new ChainId(Table.FILTER, name);
    }

    @Override
    public int compareTo(ChainId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return table + " " + name;
    }
}
