package io.waymark.dns.plugin.prometheus;

import io.waymark.records.message.Rcode;

/// The names of response codes as CoreDNS has them in metrics.
final class Rcodes {
    private Rcodes() {}

    /// @param number of [Tally]: the last stands for all codes that have no name
    static String name(int number) {
        return number == Tally.RCODES - 1 ? QueryTypes.OTHER : new Rcode(number).toString();
    }
}
