package io.waymark.dns.plugin.multisocket;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `multisocket [NUMBER]`: has CoreDNS open several sockets for an address. Ours has one for each
/// event loop, which is one a processor, with or without the line.
public record MultisocketStage() implements Stage {
    private static final ValueKind<Integer> NUMBER = ValueKind.integer(1, 1_024);

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "multisocket [NUMBER]");
        section.argument(NUMBER, 1);
        section.finish();
        return List.of(new MultisocketStage());
    }

    @Override
    public String plugin() {
        return "multisocket";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("sockets", "one for each event loop", true));
    }
}
