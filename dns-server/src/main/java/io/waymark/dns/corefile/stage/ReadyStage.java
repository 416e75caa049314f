package io.waymark.dns.corefile.stage;

import java.util.List;
import java.util.Locale;

/// `ready [ADDRESS] { monitor MODE }`: an HTTP endpoint `/ready` for the whole process.
/// @param address where it listens
/// @param monitor whether readiness can be lost again
public record ReadyStage(ListenAddress address, Monitor monitor) implements Stage {
    public static final ReadyStage DEFAULT =
            new ReadyStage(new ListenAddress(ListenAddress.ANY, 8181), Monitor.UNTIL_READY);

    /// What happens after a stage was ready once.
    public enum Monitor {
        /// It counts as ready from then on.
        UNTIL_READY,
        /// It is asked each time.
        CONTINUOUSLY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public String plugin() {
        return "ready";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("address", address, DEFAULT.address), Setting.of("monitor", monitor, DEFAULT.monitor));
    }
}
