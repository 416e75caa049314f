package io.waymark.dns.plugin.debug;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `debug`: has a defect end CoreDNS. Ours are always logged with their stack and end no server, so
/// the line has no effect.
public record DebugStage() implements Stage {

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.last(lines, remarks);
        section.argumentsMax(0, "debug");
        section.finish();
        remarks.warning(
                section.name(),
                "debug has no effect: a defect is always logged with its stack and the query's octets, and the server"
                        + " goes on; remove the line");
        return List.of(new DebugStage());
    }

    @Override
    public String plugin() {
        return "debug";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }
}
