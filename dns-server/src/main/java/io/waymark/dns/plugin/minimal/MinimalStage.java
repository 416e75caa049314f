package io.waymark.dns.plugin.minimal;

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

/// `minimal`: replies that answer have no authority and no additional section.
public record MinimalStage() implements AnsweringStage {

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "minimal");
        section.finish();
        return List.of(new MinimalStage());
    }

    @Override
    public String plugin() {
        return "minimal";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Plugin start(Surroundings around) {
        return new MinimalPlugin();
    }
}
