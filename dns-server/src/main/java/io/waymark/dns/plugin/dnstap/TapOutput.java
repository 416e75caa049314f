package io.waymark.dns.plugin.dnstap;

/// Takes what is tapped. Any thread; never blocks.
@FunctionalInterface
interface TapOutput {
    void add(Tapped message);
}
