package io.waymark.proxy;

/// What was taken out of the kernel.
/// @param tables of nf_tables, whole
/// @param chains out of iptables' tables
public record Removed(int tables, int chains) {
    @Override
    public String toString() {
        var whole = tables + (tables == 1 ? " table" : " tables");
        return chains == 0 ? whole : whole + " and " + chains + (chains == 1 ? " chain" : " chains");
    }
}
