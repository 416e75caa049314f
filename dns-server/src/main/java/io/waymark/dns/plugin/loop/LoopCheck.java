package io.waymark.dns.plugin.loop;

import io.waymark.dns.plugin.forward.Forwarder.Member;
import io.waymark.dns.plugin.forward.upstream.Upstream.Patience;
import io.waymark.records.message.Header;
import io.waymark.records.message.Query;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import io.waymark.records.rr.ResourceRecord;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whether one upstream leads back to this server. It is asked for the HINFO record of a name that
/// nobody else knows, `RANDOM.RANDOM.ZONE`; if this server is asked for that name, whoever asks has it
/// from there. CoreDNS asks itself, waits until the name comes round twice, and exits; here once is
/// enough, and the upstream is left out until it leads elsewhere. Rounds are one second apart:
///
/// | after | the next check is |
/// |---|---|
/// | a reply, and the name did not come back | none: it was the last |
/// | no reply, the upstream may not be up yet | in the next round, for thirty rounds |
/// | the name came back | thirty rounds later, and so on, until it does not |
final class LoopCheck {
    private static final Logger LOG = LoggerFactory.getLogger(LoopCheck.class);
    private static final int ROUNDS = 30;
    private static final Patience PATIENCE = Patience.of(Duration.ofSeconds(2));

    private final Member upstream;
    private final DomainName forwarded;
    private final DomainName zone;
    private final RandomGenerator random;
    private final LongAdder found;
    private DomainName name;
    private boolean looping;
    private boolean cameBack;
    private boolean asking;
    private int roundsToWait;
    private int roundsLeft = ROUNDS;

    /// @param forwarded what is forwarded to the upstream, for people
    /// @param zone      the name that is asked for lies below it
    /// @param random    cannot be guessed
    /// @param found     counts loops
    LoopCheck(Member upstream, DomainName forwarded, DomainName zone, RandomGenerator random, LongAdder found) {
        this.upstream = upstream;
        this.forwarded = forwarded;
        this.zone = zone;
        this.random = random;
        this.found = found;
        this.name = freshName();
    }

    private DomainName freshName() {
        return zone.child(Long.toUnsignedString(random.nextLong())).child(Long.toUnsignedString(random.nextLong()));
    }

    synchronized boolean isLooping() {
        return looping;
    }

    /// Whether the name is the one that the upstream was told last.
    synchronized boolean isOwn(DomainName asked) {
        return asked.equals(name);
    }

    /// Begins a check if one is due. Does not wait for it.
    synchronized void round() {
        if (asking || !looping && roundsLeft == 0) {
            return;
        }
        if (roundsToWait > 0) {
            roundsToWait--;
            return;
        }
        roundsLeft = Math.max(0, roundsLeft - 1);
        asking = true;
        cameBack = false;
        name = freshName();
        var query = Query.of(new Question(name, RecordType.HINFO, ResourceRecord.CLASS_IN), Header.RD);
        var _ = upstream.ask(query, PATIENCE).whenComplete((reply, failure) -> ended(failure == null));
    }

    private synchronized void ended(boolean replied) {
        asking = false;
        if (cameBack) {
            roundsToWait = ROUNDS;
        } else if (replied) {
            roundsLeft = 0;
            if (looping) {
                looping = false;
                upstream.bar("");
                LOG.info("loop: upstream {} no longer leads back to this server, and is asked again", upstream.name());
            }
        }
    }

    /// The name was asked here.
    /// @param client who asked
    /// @return what is wrong
    synchronized String cameBack(InetSocketAddress client) {
        cameBack = true;
        var reason = "questions that are forwarded to " + upstream.name() + " come back to this server";
        if (!looping) {
            looping = true;
            roundsToWait = ROUNDS;
            found.increment();
            upstream.bar(reason);
            LOG.error(
                    "loop: {}: {}, which \"forward {} {}\" leads to, was told the name {} and {} asked here for it."
                            + " It is left out until it leads elsewhere; names below \"{}\" get SERVFAIL if no other"
                            + " upstream is left. {}",
                    reason,
                    upstream.name(),
                    forwarded,
                    upstream.written(),
                    name,
                    client.getAddress().getHostAddress(),
                    forwarded,
                    advice());
        }
        return reason;
    }

    private String advice() {
        boolean fromFile =
                upstream.written().contains("/") && !upstream.written().contains("://");
        return fromFile
                ? upstream.written() + " names a server of this host, as systemd-resolved writes it (127.0.0.53): write"
                        + " forward " + forwarded + " /run/systemd/resolve/resolv.conf (in a Pod: have the kubelet's"
                        + " resolvConf name that file), or the addresses of other DNS servers"
                : "Write the address of a DNS server that does not forward here, or change what that server forwards to";
    }
}
