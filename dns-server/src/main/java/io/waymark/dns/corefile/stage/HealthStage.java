package io.waymark.dns.corefile.stage;

import java.time.Duration;
import java.util.List;

/// `health [ADDRESS] { lameduck DURATION }`: an HTTP endpoint `/health` for the whole process.
/// @param address  where it listens
/// @param lameduck how long queries are still answered after the signal to stop; 0 or more
public record HealthStage(ListenAddress address, Duration lameduck) implements Stage {
    public static final HealthStage DEFAULT =
            new HealthStage(new ListenAddress(ListenAddress.ANY, 8080), Duration.ZERO);

    /// Refuses a negative time.
    public HealthStage {
        if (lameduck.isNegative()) {
            throw new IllegalArgumentException("lameduck is negative: " + lameduck);
        }
    }

    @Override
    public String plugin() {
        return "health";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("address", address, DEFAULT.address),
                new Setting("lameduck", GoDuration.write(lameduck), lameduck.equals(DEFAULT.lameduck)));
    }
}
