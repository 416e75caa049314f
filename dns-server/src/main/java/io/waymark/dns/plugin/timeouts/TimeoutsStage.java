package io.waymark.dns.plugin.timeouts;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.listen.ListenerLimits;
import io.waymark.dns.listen.ListenerLimits.Timeouts;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// `timeouts { read TIME; write TIME; idle TIME; maxtcpqueries N }`: for connections to the addresses
/// of the block.
/// @param timeouts   those that are not written are the defaults
/// @param queriesMax of one connection; [ListenerLimits#QUERIES_UNBOUNDED] for `-1`
public record TimeoutsStage(Timeouts timeouts, int queriesMax) implements Stage {
    public static final TimeoutsStage DEFAULT = new TimeoutsStage(Timeouts.DEFAULT, ListenerLimits.QUERIES_UNBOUNDED);

    private static final Duration MIN = Duration.ofSeconds(1);
    private static final Duration MAX = Duration.ofHours(24);

    private static final ValueKind<Duration> TIME = new ValueKind<>(
            "a time from 1s to 24h, such as 30s or 5m (a number alone means seconds)", List.of(), TimeoutsStage::time);
    private static final ValueKind<Integer> QUERIES = new ValueKind<>(
            "a whole number 1 or more, or -1 for no bound",
            List.of(),
            text -> text.equals("-1")
                    ? Optional.of(ListenerLimits.QUERIES_UNBOUNDED)
                    : ValueKind.integer(1, Integer.MAX_VALUE).read().apply(text));

    private static Optional<Duration> time(String text) {
        boolean seconds = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return GoDuration.parse(seconds ? text + "s" : text)
                .filter(time -> time.compareTo(MIN) >= 0 && time.compareTo(MAX) <= 0);
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "timeouts { read TIME }");
        var byDefault = DEFAULT.timeouts;
        var read = section.value("read", TIME, byDefault.read());
        var write = section.value("write", TIME, byDefault.write());
        var idle = section.value("idle", TIME, byDefault.idle());
        int queries = section.value("maxtcpqueries", QUERIES, DEFAULT.queriesMax);
        section.finish();
        if (lines.getFirst().block().isEmpty()) {
            remarks.problem(
                    section.name(), "timeouts sets none; expected in its block read, write or idle with a time");
        }
        return List.of(new TimeoutsStage(new Timeouts(read, write, idle), queries));
    }

    @Override
    public String plugin() {
        return "timeouts";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                setting("read", timeouts.read(), DEFAULT.timeouts.read()),
                setting("write", timeouts.write(), DEFAULT.timeouts.write()),
                setting("idle", timeouts.idle(), DEFAULT.timeouts.idle()),
                new Setting(
                        "maxtcpqueries",
                        queriesMax == DEFAULT.queriesMax ? "-1" : Integer.toString(queriesMax),
                        queriesMax == DEFAULT.queriesMax));
    }

    private static Setting setting(String name, Duration time, Duration byDefault) {
        return new Setting(name, GoDuration.write(time), time.equals(byDefault));
    }
}
