package io.waymark.dns.plugin.file;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plugin.file.FileStage.Source;
import io.waymark.records.name.DomainName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Reads a [FileStage].
public final class FileReader {
    private static final String SHAPE = "file DBFILE [ZONE…], such as \"file db.example.org example.org\"";

    private FileReader() {}

    public static List<Stage> read(List<Directive> lines, List<DomainName> zonesOfBlock, Remarks remarks) {
        var sources = new ArrayList<Source>();
        var fallthrough = Fallthrough.NONE;
        for (var line : lines) {
            var section = new Section(line, remarks);
            var reload = section.value("reload", ValueKind.TIME, FileStage.RELOAD_DEFAULT);
            boolean byTime = section.flag("reload_by_mtime");
            section.relic("upstream");
            for (var option : section.onlyOnce("fallthrough")) {
                fallthrough = option.arguments().isEmpty()
                        ? Fallthrough.ALL
                        : new Fallthrough(ZoneText.names(option.arguments(), remarks));
            }
            section.finish();
            var words = line.arguments();
            if (words.isEmpty()) {
                section.missing(line, SHAPE, line);
            } else if (isPath(words.getFirst(), remarks)) {
                var file = words.getFirst();
                var zones = words.size() < 2 ? zonesOfBlock : ZoneText.names(words.subList(1, words.size()), remarks);
                zones.forEach(zone -> sources.add(new Source(zone, file.text(), file.at(), reload, byTime)));
            }
        }
        return sources.isEmpty() ? List.of() : List.of(new FileStage(sources, fallthrough));
    }

    private static boolean isPath(Token word, Remarks remarks) {
        try {
            return !Path.of(word.text()).toString().isEmpty();
        } catch (InvalidPathException wrong) {
            remarks.problem(word, "file: found " + word.quoted() + ", expected the path of a master file");
            return false;
        }
    }
}
