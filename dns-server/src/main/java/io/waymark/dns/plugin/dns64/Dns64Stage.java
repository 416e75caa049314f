package io.waymark.dns.plugin.dns64;

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

/// `dns64 [PREFIX] { prefix PREFIX; translate_all; allow_ipv4 }`: names without IPv6 addresses get some.
/// @param prefix       behind which the translator has the IPv4 addresses
/// @param translateAll whether names with IPv6 addresses lose them
/// @param allowIpv4    whether clients that ask over IPv4 get such addresses as well
public record Dns64Stage(Nat64Prefix prefix, boolean translateAll, boolean allowIpv4) implements AnsweringStage {
    public static final Dns64Stage DEFAULT = new Dns64Stage(Nat64Prefix.WELL_KNOWN, false, false);

    private static final ValueKind<Nat64Prefix> PREFIX = new ValueKind<>(
            "an IPv6 prefix of 32, 40, 48, 56, 64 or 96 bits, such as 64:ff9b::/96", List.of(), Nat64Prefix::parse);

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.last(lines, remarks);
        section.argumentsMax(1, "dns64 [PREFIX]");
        var prefix = section.argument(PREFIX, DEFAULT.prefix);
        var stage = new Dns64Stage(
                section.value("prefix", PREFIX, prefix), section.flag("translate_all"), section.flag("allow_ipv4"));
        section.finish();
        return List.of(stage);
    }

    @Override
    public String plugin() {
        return "dns64";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("prefix", prefix, DEFAULT.prefix),
                Setting.of("translate_all", translateAll, false),
                Setting.of("allow_ipv4", allowIpv4, false));
    }

    @Override
    public Plugin start(Surroundings around) {
        var translated = around.metrics()
                .counter(
                        "coredns_dns64_requests_translated_total",
                        "Counter of DNS requests translated by dns64.",
                        "server");
        return new Dns64Plugin(this, translated);
    }
}
