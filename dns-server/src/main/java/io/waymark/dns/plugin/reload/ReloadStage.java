package io.waymark.dns.plugin.reload;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.plugin.StandingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/// `reload [INTERVAL [JITTER]]`, or `reload off`: the Corefile is looked at again and again, and
/// served as it is now if it has changed.
/// @param interval between two looks, at least [#INTERVAL_MIN]
/// @param jitter   by how much the interval varies from one reload to the next, half of it up and half
///                 down, so that replicas do not reload at once; 0, or [#JITTER_MIN] to half the interval
public record ReloadStage(Duration interval, Duration jitter) implements StandingStage {
    static final Duration INTERVAL_MIN = Duration.ofSeconds(2);
    static final Duration JITTER_MIN = Duration.ofSeconds(1);
    public static final ReloadStage DEFAULT = new ReloadStage(Duration.ofSeconds(30), Duration.ofSeconds(15));

    private static final ValueKind<Duration> INTERVAL = new ValueKind<>(
            "a time of 2s or more such as 30s, or off",
            List.of("off"),
            text -> GoDuration.parse(text).filter(time -> time.compareTo(INTERVAL_MIN) >= 0));
    private static final ValueKind<Duration> JITTER = new ValueKind<>(
            "a time of 1s or more such as 15s, or 0s for none",
            List.of(),
            text -> GoDuration.parse(text).filter(time -> time.isZero() || time.compareTo(JITTER_MIN) >= 0));

    /// Cuts the jitter to half the interval; refuses times out of bounds.
    public ReloadStage {
        if (interval.compareTo(INTERVAL_MIN) < 0 || !jitter.isZero() && jitter.compareTo(JITTER_MIN) < 0) {
            throw new IllegalArgumentException("reload " + interval + " " + jitter + " is out of bounds");
        }
        jitter = jitter.compareTo(interval.dividedBy(2)) > 0 ? interval.dividedBy(2) : jitter;
    }

    /// None for `off`.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.last(lines, remarks);
        section.finish();
        var words = section.arguments();
        if (!words.isEmpty() && words.getFirst().text().equals("off")) {
            section.argumentsMax(1, "reload off");
            return List.of();
        }
        section.argumentsMax(2, "reload [INTERVAL [JITTER]]");
        var interval = section.argument(INTERVAL, DEFAULT.interval);
        var jitter = words.size() < 2
                ? DEFAULT.jitter
                : section.read("reload", words.get(1), JITTER).orElse(DEFAULT.jitter);
        return List.of(new ReloadStage(interval, jitter));
    }

    @Override
    public String plugin() {
        return "reload";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("interval", GoDuration.write(interval), interval.equals(DEFAULT.interval)),
                new Setting("jitter", GoDuration.write(jitter), jitter.equals(DEFAULT.jitter)));
    }

    @Override
    public void start(Surroundings around) {
        around.every(period(around.random()), around::checkCorefile);
    }

    /// The interval, moved by up to half of the jitter either way.
    Duration period(RandomGenerator random) {
        return jitter.isZero()
                ? interval
                : interval.plusNanos(random.nextLong(jitter.toNanos()) - jitter.toNanos() / 2);
    }
}
