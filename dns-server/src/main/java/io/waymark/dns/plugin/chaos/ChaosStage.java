package io.waymark.dns.plugin.chaos;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.HostName;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.records.name.DomainName;
import java.util.List;

/// `chaos [VERSION] [AUTHOR…]`: answers TXT questions of class CH about the server itself.
/// @param version what `version.bind` and `version.server` say
/// @param authors what `authors.bind` says, in alphabetical order, at least one
public record ChaosStage(String version, List<String> authors) implements AnsweringStage, TraitStage {
    public static final ChaosStage DEFAULT = new ChaosStage("Waymark", List.of("the authors of Waymark"));

    /// Copies the authors.
    public ChaosStage {
        authors = List.copyOf(authors);
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.finish();
        var words = section.arguments().stream().map(Token::text).toList();
        var authors = words.stream().skip(1).distinct().sorted().toList();
        return List.of(new ChaosStage(
                words.isEmpty() ? DEFAULT.version : words.getFirst(), authors.isEmpty() ? DEFAULT.authors : authors));
    }

    @Override
    public String plugin() {
        return "chaos";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("version", version, DEFAULT.version),
                new Setting("authors", String.join(", ", authors), authors.equals(DEFAULT.authors)));
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withOtherClasses();
    }

    @Override
    public Plugin start(Surroundings around) {
        return new ChaosPlugin(version, authors, HostName.read());
    }
}
