package io.waymark.dns.plugin.cache;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plugin.cache.CacheStage.Bounds;
import io.waymark.dns.plugin.cache.CacheStage.Disabled;
import io.waymark.dns.plugin.cache.CacheStage.Prefetch;
import io.waymark.dns.plugin.cache.CacheStage.ServeStale;
import io.waymark.dns.plugin.cache.CacheStage.ServeStale.Mode;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads a [CacheStage]; options and bounds as CoreDNS 1.15 has them, and `bytes`, which is ours.
public final class CacheReader {
    private static final int SHARDS = 256;
    private static final int ENTRIES_LEAST = 1_024;
    private static final int BYTES_LEAST = 65_536;
    private static final Duration FAILURE_MAX = Duration.ofMinutes(5);

    private static final ValueKind<Integer> CAPACITY = ValueKind.integer(0, Integer.MAX_VALUE);
    private static final ValueKind<Integer> TTL_MAX = ValueKind.integer(1, Integer.MAX_VALUE);
    private static final ValueKind<Integer> TTL_MIN = ValueKind.integer(0, Integer.MAX_VALUE);
    private static final ValueKind<Duration> FAILURE = new ValueKind<>(
            "a time from 0s to 5m, such as 5s",
            List.of(),
            text -> ValueKind.TIME.read().apply(text).filter(time -> time.compareTo(FAILURE_MAX) <= 0));
    private static final ValueKind<Integer> STALE_TTL = new ValueKind<>(
            "a time of whole seconds, such as 30s",
            List.of(),
            text -> ValueKind.TIME
                    .read()
                    .apply(text)
                    .filter(time ->
                            time.equals(Duration.ofSeconds(time.toSeconds())) && time.toSeconds() <= Integer.MAX_VALUE)
                    .map(time -> (int) time.toSeconds()));
    private static final ValueKind<Integer> PERCENT = new ValueKind<>(
            "a whole number of percent from 10% to 90%, such as 10%",
            List.of(),
            text -> text.endsWith("%")
                    ? ValueKind.integer(10, 90).read().apply(text.substring(0, text.length() - 1))
                    : Optional.empty());
    private static final ValueKind<Mode> MODE = new ValueKind<>(
            "one of immediate, verify",
            List.of("immediate", "verify"),
            text -> ValueKind.oneOf(Mode.values(), '_').read().apply(text.toLowerCase(Locale.ROOT)));
    private static final ValueKind<Duration> TIME = ValueKind.TIME;
    private static final ValueKind<Long> BYTES = new ValueKind<>(
            "a whole number of octets from " + BYTES_LEAST + " to " + Integer.MAX_VALUE,
            List.of(),
            text -> ValueKind.integer(BYTES_LEAST, Integer.MAX_VALUE)
                    .read()
                    .apply(text)
                    .map(Integer::longValue));
    private static final ValueKind<Boolean> PREFER_POSITIVE = new ValueKind<>(
            "prefer_positive",
            List.of("prefer_positive"),
            text -> text.equalsIgnoreCase("prefer_positive") ? Optional.of(true) : Optional.empty());
    private static final ValueKind<String> KIND = new ValueKind<>(
            "success or denial",
            List.of("success", "denial"),
            text -> Optional.of(text).filter(kind -> kind.equals("success") || kind.equals("denial")));

    private final Section section;
    private final Remarks remarks;

    private CacheReader(Section section) {
        this.section = section;
        this.remarks = section.remarks();
    }

    /// The one stage of a block.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        return List.of(new CacheReader(Section.once(lines, remarks)).stage(zones));
    }

    private CacheStage stage(List<DomainName> zones) {
        var words = section.arguments();
        boolean ttl = !words.isEmpty() && words.getFirst().text().matches("[+-]?[0-9]+");
        var success = CacheStage.SUCCESS;
        var denial = CacheStage.DENIAL;
        if (ttl) {
            int max = section.read("cache", words.getFirst(), TTL_MAX).orElse(1);
            success = new Bounds(success.entriesMax(), max, success.ttlMin());
            denial = new Bounds(denial.entriesMax(), max, denial.ttlMin());
        }
        var named = ZoneText.names(ttl ? words.subList(1, words.size()) : words, remarks);
        success = bounds("success", success);
        denial = bounds("denial", denial);
        long bytes = section.value(
                "bytes", BYTES, CacheStage.BYTES_OF_ENTRY * ((long) success.entriesMax() + denial.entriesMax()));
        var stage = new CacheStage(
                named.isEmpty() ? zones : named,
                success,
                denial,
                section.value("servfail", FAILURE, CacheStage.SERVFAIL),
                prefetch(),
                stale(),
                new Disabled(disabled("success"), disabled("denial")),
                section.flag("keepttl"),
                bytes);
        section.finish();
        return stage;
    }

    private Bounds bounds(String option, Bounds byDefault) {
        var bounds = byDefault;
        for (var line : section.onlyOnce(option)) {
            var values = new Values(line, 3, option + " CAPACITY [TTL] [MINTTL]");
            int entries = values.required(CAPACITY, byDefault.entriesMax());
            bounds = new Bounds(
                    Math.max(ENTRIES_LEAST, entries / SHARDS * SHARDS),
                    values.next(TTL_MAX, byDefault.ttlMax()),
                    values.next(TTL_MIN, byDefault.ttlMin()));
        }
        return bounds;
    }

    private Prefetch prefetch() {
        var none = Prefetch.NONE;
        var prefetch = none;
        for (var line : section.onlyOnce("prefetch")) {
            var values = new Values(line, 3, "prefetch AMOUNT [DURATION [PERCENT%]]");
            prefetch = new Prefetch(
                    values.required(ValueKind.integer(0, Integer.MAX_VALUE), none.amount()),
                    values.next(TIME, none.gap()),
                    values.next(PERCENT, none.percent()));
        }
        return prefetch;
    }

    private ServeStale stale() {
        var none = ServeStale.NONE;
        var stale = none;
        boolean preferPositive = preferPositive();
        for (var line : section.onlyOnce("serve_stale")) {
            var values = new Values(
                    line,
                    5,
                    "serve_stale [DURATION [immediate [RESPONSE_TTL [FAILURE_RECHECK]]"
                            + " | verify [VERIFY_TIMEOUT [RESPONSE_TTL [FAILURE_RECHECK]]]]]");
            var upTo = values.next(TIME, Duration.ofHours(1));
            var mode = values.next(MODE, none.mode());
            var timeout = mode == Mode.VERIFY ? values.next(TIME, none.verifyTimeout()) : none.verifyTimeout();
            stale = new ServeStale(
                    upTo,
                    mode,
                    timeout,
                    values.next(STALE_TTL, none.ttl()),
                    values.next(FAILURE, none.recheck()),
                    preferPositive);
            values.finish();
        }
        return stale;
    }

    private boolean preferPositive() {
        boolean preferPositive = false;
        for (var line : section.onlyOnce("serve_stale_policy")) {
            var values = new Values(line, 1, "serve_stale_policy prefer_positive");
            preferPositive = values.required(PREFER_POSITIVE, true);
            if (section.lines("serve_stale").isEmpty()) {
                remarks.problem(
                        line.name(),
                        "serve_stale_policy stands without serve_stale; add serve_stale, or remove the line");
            }
        }
        return preferPositive;
    }

    private List<DomainName> disabled(String kind) {
        List<DomainName> zones = List.of();
        for (var line : section.lines("disable")) {
            var words = line.arguments();
            if (words.isEmpty()) {
                section.missing(line, "success or denial, and zones", line);
                continue;
            }
            var found = section.read("disable", words.getFirst(), KIND);
            if (found.equals(Optional.of(kind))) {
                var named = ZoneText.names(words.subList(1, words.size()), remarks);
                zones = named.isEmpty() ? List.of(DomainName.ROOT) : named;
            }
        }
        return zones;
    }

    /// The words behind one option, read from left to right.
    private final class Values {
        private final Directive line;
        private final List<Token> words;
        private final String shape;
        private int at;

        Values(Directive line, int max, String shape) {
            this.line = line;
            this.words = line.arguments();
            this.shape = shape;
            if (words.size() > max) {
                at = max;
                finish();
                at = 0;
            }
        }

        <T> T required(ValueKind<T> kind, T byDefault) {
            return words.isEmpty() ? section.missing(line, kind.expected(), byDefault) : next(kind, byDefault);
        }

        <T> T next(ValueKind<T> kind, T byDefault) {
            return at < words.size()
                    ? section.read(line.name().text(), words.get(at++), kind).orElse(byDefault)
                    : byDefault;
        }

        /// Refuses words that are left.
        void finish() {
            if (at < words.size()) {
                remarks.problem(
                        words.get(at),
                        line.name().text() + ": found " + words.get(at).quoted() + ", expected nothing more: " + shape);
            }
        }
    }
}
