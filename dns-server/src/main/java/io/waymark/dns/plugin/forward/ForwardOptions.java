package io.waymark.dns.plugin.forward;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.plugin.forward.upstream.HttpsUpstream;
import io.waymark.dns.plugin.forward.upstream.StreamLimits;
import io.waymark.dns.plugin.forward.upstream.TlsIdentity;
import io.waymark.records.address.IpAddress;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// How questions are forwarded: the options of a `forward` line.
/// @param choice     whom to ask
/// @param health     when an upstream counts as down
/// @param travel     how to ask
/// @param security   of upstreams over TLS
/// @param next       which replies are left to the next `forward` of the block
/// @param concurrentMax clients' questions under way at once, past which they are refused; 0 if none
///                      was written: see [Forwarder#UNDER_WAY_MAX]
public record ForwardOptions(
        Choice choice, Health health, Travel travel, Security security, NextOn next, int concurrentMax) {
    public static final ForwardOptions DEFAULT =
            new ForwardOptions(Choice.DEFAULT, Health.DEFAULT, Travel.DEFAULT, Security.DEFAULT, NextOn.NOTHING, 0);

    /// Whom to ask.
    /// @param policy      whom first; the others follow if that one fails
    /// @param attemptsMax questions that may fail for one of a client; 0 for no bound but the deadline
    /// @param failover    replies with these codes are as good as none while there is another upstream
    /// @param failFast    whether nobody is asked if all are down
    public record Choice(Policy policy, Attempts attemptsMax, List<Rcode> failover, boolean failFast) {
        public static final Choice DEFAULT = new Choice(Policy.RANDOM, Attempts.TWICE_EACH, List.of(), false);

        /// Copies the list.
        public Choice {
            failover = List.copyOf(failover);
        }
    }

    /// Whom to ask first.
    public enum Policy {
        RANDOM,
        ROUND_ROBIN,
        SEQUENTIAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How often upstreams may fail one question.
    public sealed interface Attempts {
        Attempts TWICE_EACH = new TwiceEach();

        /// Twice as often as there are upstreams.
        record TwiceEach() implements Attempts {
            @Override
            public String toString() {
                return "twice each";
            }
        }

        /// So often; 0 for as often as the deadline allows.
        record AtMost(int count) implements Attempts {
            @Override
            public String toString() {
                return Integer.toString(count);
            }
        }
    }

    /// When an upstream counts as down.
    /// @param failsMax   past so many failed checks in a row; 0 if it never counts as down
    /// @param interval   between two checks of an upstream that failed
    /// @param recursion  whether the check asks for recursion (RD)
    /// @param domain     the check asks for the NS records of this name
    public record Health(int failsMax, Duration interval, boolean recursion, DomainName domain) {
        public static final Health DEFAULT = new Health(2, Duration.ofMillis(500), true, DomainName.ROOT);

        boolean checksLike(Health other) {
            return interval.equals(other.interval) && recursion == other.recursion && domain.equals(other.domain);
        }
    }

    /// How to ask.
    /// @param readTimeout how long one upstream is waited for, positive
    /// @param streams     how connections are kept
    /// @param source      the local address; [ListenAddress#ANY] if the system chooses
    public record Travel(Protocol protocol, Duration readTimeout, StreamLimits streams, IpAddress source) {
        public static final Travel DEFAULT =
                new Travel(Protocol.AS_CLIENT, Duration.ofSeconds(2), StreamLimits.DEFAULT, ListenAddress.ANY);
    }

    /// By which protocol upstreams without TLS are asked.
    public enum Protocol {
        /// As the client asked us.
        AS_CLIENT,
        /// `force_tcp`: always over TCP.
        FORCE_TCP,
        /// `prefer_udp`: over UDP first, whatever the client used; over TCP after a truncated answer.
        PREFER_UDP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Of upstreams over TLS and HTTPS.
    /// @param serverName what their certificates must be for; empty for their addresses
    public record Security(TlsIdentity.Pem files, String serverName, HttpsUpstream.Method method) {
        public static final Security DEFAULT = new Security(TlsIdentity.Pem.NONE, "", HttpsUpstream.Method.POST);
    }

    /// Which replies are left to the next `forward`.
    /// @param noData NOERROR without any answer
    public record NextOn(List<Rcode> rcodes, boolean noData) {
        public static final NextOn NOTHING = new NextOn(List.of(), false);

        /// Copies the list.
        public NextOn {
            rcodes = List.copyOf(rcodes);
        }
    }
}
