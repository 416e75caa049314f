package io.waymark.dns.plugin.local;

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
import java.util.List;

/// `local { localhost_prefix on|off }`: `localhost` and the reverse zones of 0/8, 127/8 and 255/8 are
/// answered here (RFC 6303, RFC 6761 §6.3).
/// @param prefix whether `localhost.ANY.NAME`, which a search list makes of `localhost`, is one of them
public record LocalStage(boolean prefix) implements AnsweringStage {
    public static final LocalStage DEFAULT = new LocalStage(true);

    private enum Switch {
        ON,
        OFF
    }

    private static final ValueKind<Switch> SWITCH = ValueKind.oneOf(Switch.values(), '_');

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "local");
        var prefix = section.value("localhost_prefix", SWITCH, Switch.ON);
        section.finish();
        return List.of(new LocalStage(prefix == Switch.ON));
    }

    @Override
    public String plugin() {
        return "local";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("localhost_prefix", prefix ? "on" : "off", prefix == DEFAULT.prefix));
    }

    @Override
    public Plugin start(Surroundings around) {
        var special = around.metrics()
                .counter("coredns_local_localhost_requests_total", "Counter of special localhost subdomain requests.");
        return new LocalPlugin(prefix, special.with());
    }
}
