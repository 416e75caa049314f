package io.waymark.dns.plugin.ready;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Locale;

/// `ready [ADDRESS] { monitor MODE; path PATH… }`: an HTTP endpoint `/ready` for the whole process.
/// @param address where it listens
/// @param paths   where the page is, `/ready` alone for CoreDNS; at least one
/// @param monitor whether readiness can be lost again
public record ReadyStage(ListenAddress address, List<String> paths, Monitor monitor) implements Stage {
    public static final ReadyStage DEFAULT =
            new ReadyStage(new ListenAddress(ListenAddress.ANY, 8181), List.of("/ready"), Monitor.UNTIL_READY);

    /// Copies the list.
    public ReadyStage {
        paths = List.copyOf(paths);
    }

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

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "ready [ADDRESS:PORT]");
        var address = section.argument(ValueKind.ADDRESS, DEFAULT.address);
        var monitor = section.value("monitor", ValueKind.oneOf(Monitor.values(), '-'), DEFAULT.monitor);
        var paths = section.values("path", ValueKind.PATH, DEFAULT.paths);
        section.finish();
        return List.of(new ReadyStage(address, paths, monitor));
    }

    @Override
    public String plugin() {
        return "ready";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("address", address, DEFAULT.address),
                new Setting("path", Words.join(paths), paths.equals(DEFAULT.paths)),
                Setting.of("monitor", monitor, DEFAULT.monitor));
    }
}
