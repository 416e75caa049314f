package io.waymark.dns.plugin.k8sexternal;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.kubernetes.KubernetesPlugin;
import io.waymark.records.name.DomainName;
import io.waymark.records.zone.ClusterZoneConfig;
import io.waymark.records.zone.ExternalZone;
import io.waymark.records.zone.ExternalZoneConfig;
import io.waymark.records.zone.ReverseZone;
import io.waymark.records.zone.Zone;
import java.util.List;
import java.util.Optional;

/// `k8s_external [ZONE…] { … }`: the names of a cluster's Services for those outside of it.
/// @param zones       forward and reverse zones, at least one
/// @param apex        the label below each apex that the name server's name stands under
/// @param ttlSeconds  of answers, 0 to 3600
/// @param headless    whether headless Services have the names of their endpoints
/// @param fallthrough which names that do not exist are left to the next stage
public record ExternalStage(
        List<DomainName> zones, String apex, int ttlSeconds, boolean headless, Fallthrough fallthrough)
        implements AnsweringStage {
    private static final String APEX_DEFAULT = "dns";
    private static final ValueKind<String> LABEL = new ValueKind<>(
            "a label of at most 63 letters, digits and hyphens, such as dns",
            List.of(),
            text -> Optional.of(text).filter(label -> label.matches("[A-Za-z0-9_-]{1,63}")));

    /// Copies the zones.
    public ExternalStage {
        zones = zones.stream().distinct().toList();
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zonesOfBlock, Remarks remarks) {
        var section = Section.once(lines, remarks);
        var zones = section.arguments().isEmpty() ? zonesOfBlock : ZoneText.names(section.arguments(), remarks);
        var ttl = ValueKind.integer(0, ClusterZoneConfig.TTL_MAX);
        var stage = new ExternalStage(
                zones,
                section.value("apex", LABEL, APEX_DEFAULT),
                section.value("ttl", ttl, ClusterZoneConfig.TTL_DEFAULT),
                section.flag("headless"),
                fallthrough(section));
        section.finish();
        return List.of(stage);
    }

    private static Fallthrough fallthrough(Section section) {
        var lines = section.onlyOnce("fallthrough");
        if (lines.isEmpty()) {
            return Fallthrough.NONE;
        }
        var words = lines.getLast().arguments();
        return words.isEmpty() ? Fallthrough.ALL : new Fallthrough(ZoneText.names(words, section.remarks()));
    }

    @Override
    public String plugin() {
        return "k8s_external";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("zones", Words.join(zones), false),
                Setting.of("apex", apex, APEX_DEFAULT),
                Setting.of("ttl", ttlSeconds, ClusterZoneConfig.TTL_DEFAULT),
                Setting.of("headless", headless, false),
                Setting.of("fallthrough", fallthrough, Fallthrough.NONE));
    }

    @Override
    public Plugin start(Surroundings around) {
        var cluster = around.behind(KubernetesPlugin.class)
                .map(KubernetesPlugin::cluster)
                .orElseThrow(() -> new PluginStartException("k8s_external: its server block has no kubernetes plugin,"
                        + " whose Services it names; add one, or remove k8s_external"));
        var primary =
                zones.stream().filter(zone -> !ReverseZone.isReverse(zone)).findFirst();
        var config = new ExternalZoneConfig(
                primary.orElse(zones.getFirst()), apex, ttlSeconds, headless, cluster.localAddresses());
        var external = zones.stream()
                .<Zone>map(zone -> new ExternalZone(zone, config, cluster.index()))
                .toList();
        return new KubernetesPlugin(external, fallthrough.zones(), cluster, around.has("forward"));
    }
}
