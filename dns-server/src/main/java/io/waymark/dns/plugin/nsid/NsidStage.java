package io.waymark.dns.plugin.nsid;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/// `nsid [TEXT…]`: replies say which server they are from, if the query asks (RFC 5001).
/// @param text empty for the name of the host
public record NsidStage(String text) implements AnsweringStage {
    public static final NsidStage DEFAULT = new NsidStage("");

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.finish();
        var text = section.arguments().stream().map(Token::text).collect(Collectors.joining(" "));
        return List.of(new NsidStage(text));
    }

    @Override
    public String plugin() {
        return "nsid";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("text", text.isEmpty() ? "the host's name" : text, text.isEmpty()));
    }

    @Override
    public Plugin start(Surroundings around) {
        var name = text.isEmpty() ? HostName.read() : text;
        return new NsidPlugin(name.getBytes(StandardCharsets.UTF_8));
    }
}
