package io.waymark.dns.plugin.cancel;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;

/// `cancel [TIME]`: a query that is not answered by then is answered with SERVFAIL.
/// @param timeout above 0
public record CancelStage(Duration timeout) implements AnsweringStage {
    public static final CancelStage DEFAULT = new CancelStage(Duration.ofMillis(5_001));

    private static final ValueKind<Duration> TIME = new ValueKind<>(
            "a time above 0s with its unit (ns, us, ms, s, m, h), such as 5s",
            List.of(),
            text -> GoDuration.parse(text).filter(Duration::isPositive));

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.last(lines, remarks);
        section.argumentsMax(1, "cancel [TIME]");
        var timeout = section.argument(TIME, DEFAULT.timeout);
        section.finish();
        return List.of(new CancelStage(timeout));
    }

    @Override
    public String plugin() {
        return "cancel";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("timeout", GoDuration.write(timeout), timeout.equals(DEFAULT.timeout)));
    }

    @Override
    public Plugin start(Surroundings around) {
        return new CancelPlugin(timeout);
    }
}
