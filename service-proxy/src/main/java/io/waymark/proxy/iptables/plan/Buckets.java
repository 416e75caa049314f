package io.waymark.proxy.iptables.plan;

import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Match;
import io.waymark.proxy.iptables.chains.Target;
import io.waymark.records.cluster.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How the entries of `KUBE-SERVICES` and `KUBE-NODEPORTS` are divided where they are many. A packet
/// passes 32 rules and one bucket, not all entries; a change writes one bucket.
///
/// Addresses are divided by their last octet, its low half first: ranges are filled at random, and load
/// balancers' and external addresses lie anywhere, but last octets differ. Node ports are divided by
/// protocol and into runs of 128.
public final class Buckets {
    /// From so many entries on a chain is divided.
    public static final int THRESHOLD = 256;

    /// Below so many it is made one again. Less than the threshold, so that one Service more and less
    /// does not do it every time.
    static final int THRESHOLD_BACK = 192;

    private static final String NIBBLE = ChainNames.SERVICES + "-x";
    private static final String OCTET = ChainNames.SERVICES + "-";
    private static final String PORTS = ChainNames.NODE_PORTS + "-";
    private static final int HALF = 16;
    private static final int RUN = 128;

    private Buckets() {}

    /// The bucket of an entry; of a chain that is not divided the chain itself.
    static ChainId of(ChainId chain, ChainRule rule) {
        if (chain.equals(ChainId.nat(ChainNames.SERVICES))) {
            return octet(lastOctet(rule));
        }
        return chain.equals(ChainId.nat(ChainNames.NODE_PORTS)) ? ports(rule) : chain;
    }

    private static int lastOctet(ChainRule rule) {
        for (var match : rule.matches()) {
            if (match instanceof Match.Destination(var cidr, var is)) {
                var octets = cidr.network().octets();
                return octets[octets.length - 1] & 0xff;
            }
        }
        throw new IllegalStateException("an entry of " + ChainNames.SERVICES + " has no address: " + rule);
    }

    private static ChainId octet(int octet) {
        return ChainId.nat(OCTET + String.format(Locale.ROOT, "%02X", octet));
    }

    private static ChainId nibble(int low) {
        return ChainId.nat(NIBBLE + String.format(Locale.ROOT, "%X", low));
    }

    private static ChainId ports(ChainRule rule) {
        for (var match : rule.matches()) {
            if (match instanceof Match.Port(var protocol, int first, int last)) {
                return ChainId.nat(PORTS + protocol.name().toLowerCase(Locale.ROOT) + "-" + first / RUN * RUN);
            }
        }
        throw new IllegalStateException("an entry of " + ChainNames.NODE_PORTS + " has no port: " + rule);
    }

    /// All buckets of addresses: they are always all there.
    static List<ChainId> octets() {
        var all = new ArrayList<ChainId>();
        for (int octet = 0; octet < HALF * HALF; octet++) {
            all.add(octet(octet));
        }
        return all;
    }

    /// The low halves of the last octet.
    static List<ChainId> nibbles() {
        var all = new ArrayList<ChainId>();
        for (int low = 0; low < HALF; low++) {
            all.add(nibble(low));
        }
        return all;
    }

    /// What leads to the buckets whose last octet has that low half.
    static List<ChainRule> ofNibble(int low) {
        var rules = new ArrayList<ChainRule>();
        for (int high = 0; high < HALF; high++) {
            int octet = high << 4;
            rules.add(ChainRule.of(
                    new Target.Jump(octet(octet | low).name()), new Match.LastOctet(octet, HALF - 1 << 4)));
        }
        return rules;
    }

    /// What leads to the low halves.
    static List<ChainRule> toNibbles() {
        var rules = new ArrayList<ChainRule>();
        for (int low = 0; low < HALF; low++) {
            rules.add(ChainRule.of(new Target.Jump(nibble(low).name()), new Match.LastOctet(low, HALF - 1)));
        }
        return rules;
    }

    /// What leads to a bucket of node ports.
    static ChainRule toPorts(ChainId bucket) {
        var parts = bucket.name().substring(PORTS.length()).split("-");
        var protocol = Protocol.valueOf(parts[0].toUpperCase(Locale.ROOT));
        int first = Integer.parseInt(parts[1]);
        return ChainRule.of(
                new Target.Jump(bucket.name()),
                new Match.OfProtocol(protocol),
                new Match.Port(protocol, Math.max(1, first), first + RUN - 1));
    }

    /// Whether a chain of that name is one of ours, there or not.
    static boolean isBucket(String name) {
        return name.startsWith(OCTET) || name.startsWith(PORTS);
    }
}
