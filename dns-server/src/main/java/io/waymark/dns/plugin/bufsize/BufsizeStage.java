package io.waymark.dns.plugin.bufsize;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `bufsize [OCTETS]`: no query's UDP payload size counts as more. So neither the reply to the client
/// is longer, nor is an upstream offered more.
/// @param octets 512 to 4096
public record BufsizeStage(int octets) implements TraitStage {
    /// What passes every network without fragments (DNS flag day 2020).
    public static final BufsizeStage DEFAULT = new BufsizeStage(1_232);

    private static final ValueKind<Integer> OCTETS = ValueKind.integer(512, 4_096);

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "bufsize [OCTETS]");
        int octets = section.argument(OCTETS, DEFAULT.octets);
        section.finish();
        return List.of(new BufsizeStage(octets));
    }

    @Override
    public String plugin() {
        return "bufsize";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.of("octets", octets, DEFAULT.octets));
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withUdpSizeMax(octets);
    }
}
