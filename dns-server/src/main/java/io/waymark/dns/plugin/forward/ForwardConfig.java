package io.waymark.dns.plugin.forward;

import io.waymark.records.name.DomainName;
import java.time.Duration;

/// How a [Forwarder] asks.
/// @param policy         whom it asks first
/// @param protocol       UDP or TCP
/// @param probe          how an upstream that failed is looked after
/// @param failsMax       failed probes in a row after which an upstream counts as down; 0: never
/// @param readTimeout    how long one upstream is waited for
/// @param deadline       how long a question may take, over all upstreams
/// @param concurrentMax  questions in flight, each client's counted; past it they are refused
public record ForwardConfig(
        Policy policy,
        Protocol protocol,
        Probe probe,
        int failsMax,
        Duration readTimeout,
        Duration deadline,
        int concurrentMax) {
    /// In flight if the Corefile sets no `max_concurrent`: each holds a socket and some hundred octets.
    public static final int CONCURRENT_DEFAULT = 4_096;

    public static final ForwardConfig DEFAULT = new ForwardConfig(
            Policy.RANDOM,
            Protocol.AS_ASKED,
            Probe.DEFAULT,
            2,
            Duration.ofSeconds(2),
            Duration.ofSeconds(5),
            CONCURRENT_DEFAULT);

    /// Refuses bounds that would let no question through.
    public ForwardConfig {
        if (failsMax < 0 || concurrentMax < 1 || !readTimeout.isPositive() || !deadline.isPositive()) {
            throw new IllegalArgumentException("fails " + failsMax + ", concurrent " + concurrentMax + ", timeout "
                    + readTimeout + ", deadline " + deadline + ": all must be positive");
        }
    }

    /// A question for the NS records of `domain`, asked every `interval`; zero for never.
    public record Probe(Duration interval, boolean recursion, DomainName domain) {
        public static final Probe DEFAULT = new Probe(Duration.ofMillis(500), true, DomainName.ROOT);
    }

    /// In which order the upstreams are asked.
    public enum Policy {
        RANDOM,
        ROUND_ROBIN,
        SEQUENTIAL
    }

    /// How they are asked.
    public enum Protocol {
        /// Over TCP for a client that came over TCP, else over UDP.
        AS_ASKED,
        PREFER_UDP,
        FORCE_TCP
    }
}
