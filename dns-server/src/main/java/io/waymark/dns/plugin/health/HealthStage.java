package io.waymark.dns.plugin.health;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.plugin.StandingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.List;

/// `health [ADDRESS] { lameduck DURATION; path PATH… }`: an HTTP endpoint `/health` for the whole process.
/// @param address  where it listens
/// @param paths    where the page is, `/health` alone for CoreDNS; at least one
/// @param lameduck how long queries are still answered after the signal to stop; 0 or more
public record HealthStage(ListenAddress address, List<String> paths, Duration lameduck) implements StandingStage {
    public static final HealthStage DEFAULT =
            new HealthStage(new ListenAddress(ListenAddress.ANY, 8080), List.of("/health"), Duration.ZERO);

    /// Refuses a negative time.
    public HealthStage {
        paths = List.copyOf(paths);
        if (lameduck.isNegative()) {
            throw new IllegalArgumentException("lameduck is negative: " + lameduck);
        }
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.last(lines, remarks);
        section.argumentsMax(1, "health [ADDRESS:PORT]");
        var address = section.argument(ValueKind.ADDRESS, DEFAULT.address);
        var lameduck = section.value("lameduck", ValueKind.TIME, DEFAULT.lameduck);
        var paths = section.values("path", ValueKind.PATH, DEFAULT.paths);
        section.finish();
        return List.of(new HealthStage(address, paths, lameduck));
    }

    @Override
    public String plugin() {
        return "health";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("address", address, DEFAULT.address),
                new Setting("path", Words.join(paths), paths.equals(DEFAULT.paths)),
                new Setting("lameduck", GoDuration.write(lameduck), lameduck.equals(DEFAULT.lameduck)));
    }

    /// The page itself is one of the process; see [io.waymark.dns.health].
    @Override
    public void start(Surroundings around) {
        // A port that the system chose is not known here, and nobody but a test has it so.
        if (address.port() != 0) {
            around.every(Duration.ofSeconds(1), new SelfCheck(this, around.metrics(), around.nanoTime()));
        }
    }
}
