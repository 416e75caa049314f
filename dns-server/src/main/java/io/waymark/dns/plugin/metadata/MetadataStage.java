package io.waymark.dns.plugin.metadata;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `metadata [ZONE…]`: what plugins know of a query for a name in these zones can be asked for by
/// others, as `{/kubernetes/namespace}` in a format of `log` does.
/// @param zones     at least one
/// @param byDefault whether they are the block's, for none were written
public record MetadataStage(List<DomainName> zones, boolean byDefault) implements TraitStage {
    /// Copies the zones.
    public MetadataStage {
        zones = List.copyOf(zones);
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> blockZones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        var zones = ZoneText.names(section.arguments(), remarks);
        section.finish();
        return List.of(new MetadataStage(zones.isEmpty() ? blockZones : zones, zones.isEmpty()));
    }

    @Override
    public String plugin() {
        return "metadata";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("zones", Words.join(zones), byDefault));
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withMetadata(zones);
    }
}
