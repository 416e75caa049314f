package io.waymark.dns.plugin.bind;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// `bind ADDRESS…`: the local addresses on which a block is served instead of all.
/// @param addresses at least one, each once
public record BindStage(List<IpAddress> addresses) implements Stage {
    private static final ValueKind<IpAddress> ADDRESS = new ValueKind<>(
            "an IP address (names of interfaces are not supported yet: write the interface's address)",
            List.of(),
            IpAddress::parse);

    /// Copies the addresses and leaves repeated ones out.
    public BindStage {
        addresses = addresses.stream().distinct().toList();
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("bind has at least one address");
        }
    }

    /// All lines of a block together; each names addresses.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var addresses = new ArrayList<IpAddress>();
        for (Directive line : lines) {
            var section = new Section(line, remarks);
            section.notYet("except", "name the addresses to listen on instead");
            section.finish();
            if (line.arguments().isEmpty()) {
                section.missing(line, ADDRESS.expected(), line);
            }
            line.arguments().forEach(word -> section.read("bind", word, ADDRESS).ifPresent(addresses::add));
        }
        return addresses.isEmpty() ? List.of() : List.of(new BindStage(addresses));
    }

    @Override
    public String plugin() {
        return "bind";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("addresses", Words.join(addresses), false));
    }
}
