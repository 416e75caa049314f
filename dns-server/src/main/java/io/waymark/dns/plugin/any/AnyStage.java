package io.waymark.dns.plugin.any;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `any`: questions of type ANY get one HINFO record (RFC 8482 §4.2).
public record AnyStage() implements AnsweringStage {

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "any");
        section.finish();
        return List.of(new AnyStage());
    }

    @Override
    public String plugin() {
        return "any";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Plugin start(Surroundings around) {
        return new AnyPlugin();
    }
}
