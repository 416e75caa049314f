package io.waymark.dns.plugin.cache;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.OwnNames;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// `cache [TTL] [ZONES…]`: replies of upstreams are kept and given again.
/// @param zones    for names at or below these
/// @param success  bounds of replies that have what was asked for
/// @param denial   bounds of NXDOMAIN, NODATA and failures
/// @param servfail how long SERVFAIL and NOTIMP are kept; 0 for not at all
/// @param prefetch which replies are asked for again before they end
/// @param stale    what happens with replies whose time is over
/// @param disabled where nothing is kept
/// @param keepTtl  whether TTLs are served as if the reply had just come
/// @param bytesMax of all that is kept, with what keeping it costs
public record CacheStage(
        List<DomainName> zones,
        Bounds success,
        Bounds denial,
        Duration servfail,
        Prefetch prefetch,
        ServeStale stale,
        Disabled disabled,
        boolean keepTtl,
        long bytesMax)
        implements AnsweringStage {
    /// As for CoreDNS: 256 shards of 39 entries.
    public static final Bounds SUCCESS = new Bounds(9_984, 3_600, 5);

    public static final Bounds DENIAL = new Bounds(9_984, 1_800, 5);
    public static final Duration SERVFAIL = Duration.ofSeconds(5);
    /// Octets for each entry that may be kept, if the Corefile does not say how many in all.
    public static final long BYTES_OF_ENTRY = 1_024;

    /// Copies the zones.
    public CacheStage {
        zones = List.copyOf(zones);
    }

    /// Bounds of one kind of replies.
    /// @param entriesMax how many are kept
    /// @param ttlMax     in seconds; longer TTLs are served and kept as this
    /// @param ttlMin     in seconds; shorter TTLs likewise, unless that is above `ttlMax`
    public record Bounds(int entriesMax, int ttlMax, int ttlMin) {
        /// The TTL within the bounds.
        int clamp(int ttl) {
            return Math.min(Math.max(ttl, ttlMin), ttlMax);
        }

        @Override
        public String toString() {
            return entriesMax + " " + ttlMax + " " + ttlMin;
        }
    }

    /// Popular replies are asked for again before they end.
    /// @param amount  so many questions make a reply popular; 0 for none is
    /// @param gap     the longest time between two of them
    /// @param percent of the TTL that is left when it is asked for again
    public record Prefetch(int amount, Duration gap, int percent) {
        public static final Prefetch NONE = new Prefetch(0, Duration.ofMinutes(1), 10);

        @Override
        public String toString() {
            return amount + " " + GoDuration.write(gap) + " " + percent + "%";
        }
    }

    /// What happens with replies whose time is over (RFC 8767).
    /// @param upTo           how long after their end they are served; 0 for not at all
    /// @param mode           what comes first, the reply or the question upstream
    /// @param verifyTimeout  how long [Mode#VERIFY] waits; 0 for as long as upstream takes
    /// @param ttl            that they are served with, in seconds
    /// @param recheck        after a refresh that failed none is tried for so long
    /// @param preferPositive whether an old answer is better than a new denial
    public record ServeStale(
            Duration upTo, Mode mode, Duration verifyTimeout, int ttl, Duration recheck, boolean preferPositive) {
        public static final ServeStale NONE =
                new ServeStale(Duration.ZERO, Mode.IMMEDIATE, Duration.ZERO, 0, Duration.ZERO, false);

        /// How an old reply is refreshed.
        public enum Mode {
            /// The old reply is sent, then upstream is asked.
            IMMEDIATE,
            /// Upstream is asked, and the old reply sent if that gives nothing.
            VERIFY;

            @Override
            public String toString() {
                return name().toLowerCase(Locale.ROOT);
            }
        }

        /// Whether it matters that a refresh is under way already: then the old reply is served at once.
        boolean oneRefresh() {
            return !recheck.isZero() || !verifyTimeout.isZero();
        }

        @Override
        public String toString() {
            if (upTo.isZero()) {
                return "no";
            }
            var timeout = mode == Mode.VERIFY ? " " + GoDuration.write(verifyTimeout) : "";
            return GoDuration.write(upTo) + " " + mode + timeout + " " + ttl + "s " + GoDuration.write(recheck)
                    + (preferPositive ? " prefer_positive" : "");
        }
    }

    /// Names at or below these are not kept.
    public record Disabled(List<DomainName> success, List<DomainName> denial) {
        public static final Disabled NOWHERE = new Disabled(List.of(), List.of());

        /// Copies the zones.
        public Disabled {
            success = List.copyOf(success);
            denial = List.copyOf(denial);
        }
    }

    @Override
    public String plugin() {
        return "cache";
    }

    @Override
    public List<Setting> settings() {
        long bytes = BYTES_OF_ENTRY * (success.entriesMax + denial.entriesMax);
        return List.of(
                new Setting("zones", Words.join(zones), false),
                Setting.of("success", success, SUCCESS),
                Setting.of("denial", denial, DENIAL),
                new Setting("servfail", GoDuration.write(servfail), servfail.equals(SERVFAIL)),
                Setting.of("prefetch", prefetch, Prefetch.NONE),
                Setting.of("serve_stale", stale, ServeStale.NONE),
                Setting.of("disable success", Words.join(disabled.success), ""),
                Setting.of("disable denial", Words.join(disabled.denial), ""),
                Setting.of("keepttl", keepTtl, false),
                Setting.of("bytes", bytesMax, bytes));
    }

    /// What is kept outlives a reload that leaves the block's place and these values as they are.
    private record Kept(Object block, CacheStage stage) {}

    @Override
    public Plugin start(Surroundings around) {
        var kept = around.kept(
                new Kept(around.block(), this), () -> KeptAnswers.of(this, around.metrics(), around.view()));
        var vertx = around.loops().vertx();
        return new CachePlugin(
                this,
                kept,
                around.behind(OwnNames.class),
                around.nanoTime(),
                around.clock(),
                (delay, task) -> vertx.setTimer(Math.max(1, delay.toMillis()), timer -> task.run()));
    }
}
