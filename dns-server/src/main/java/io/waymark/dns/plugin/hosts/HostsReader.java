package io.waymark.dns.plugin.hosts;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.NearestName;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.records.name.DomainName;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Reads a [HostsStage]. Lines of its block that are no options are lines of a hosts file.
public final class HostsReader {
    private static final List<String> OPTIONS =
            List.of("fallthrough", "fallthrough_unsupported", "no_reverse", "ttl", "reload");
    private static final ValueKind<String> FILE =
            new ValueKind<>("the path of a file like /etc/hosts", List.of(), HostsReader::path);

    private HostsReader() {}

    public static List<Stage> read(List<Directive> lines, List<DomainName> zonesOfBlock, Remarks remarks) {
        var section = Section.once(lines, remarks);
        var words = section.arguments();
        var zones = words.size() < 2 ? zonesOfBlock : ZoneText.names(words.subList(1, words.size()), remarks);
        var inline = inline(lines.getFirst(), section);
        var fallthrough = fallthrough(section);
        boolean unsupported = section.flag("fallthrough_unsupported");
        var stage = new HostsStage(
                section.argument(FILE, HostsStage.FILE_DEFAULT),
                zones,
                inline,
                section.value("ttl", ValueKind.integer(1, HostsStage.TTL_MAX), HostsStage.TTL_DEFAULT),
                !section.flag("no_reverse"),
                section.value("reload", ValueKind.TIME, HostsStage.RELOAD_DEFAULT),
                fallthrough,
                unsupported ? fallthrough : Fallthrough.NONE);
        if (unsupported && fallthrough.equals(Fallthrough.NONE)) {
            remarks.problem(
                    section.name(),
                    "hosts: fallthrough_unsupported does nothing without fallthrough; add a line \"fallthrough\"");
        }
        section.finish();
        return List.of(stage);
    }

    private static Fallthrough fallthrough(Section section) {
        var lines = section.onlyOnce("fallthrough");
        if (lines.isEmpty()) {
            return Fallthrough.NONE;
        }
        var zones = lines.getLast().arguments();
        return zones.isEmpty() ? Fallthrough.ALL : new Fallthrough(ZoneText.names(zones, section.remarks()));
    }

    private static List<String> inline(Directive directive, Section section) {
        var inline = new ArrayList<String>();
        for (var line : directive.block()) {
            var first = line.name().text();
            if (!OPTIONS.contains(first)) {
                section.lines(first);
                inline.add(first + " "
                        + String.join(
                                " ", line.arguments().stream().map(Token::text).toList()));
                remark(line, section.remarks());
            }
        }
        return inline;
    }

    private static void remark(Directive line, Remarks remarks) {
        var first = line.name().text();
        if (HostsTable.address(first).isEmpty()) {
            remarks.warning(
                    line.name(),
                    "hosts: found " + line.name().quoted() + ", expected an address and its names, or an option: "
                            + String.join(", ", OPTIONS) + NearestName.hint(first, OPTIONS)
                            + "; the line has no effect");
        } else if (line.arguments().isEmpty()) {
            remarks.warning(line.name(), "hosts: address " + line.name().quoted() + " has no name behind it");
        }
    }

    private static Optional<String> path(String text) {
        try {
            return Optional.of(Path.of(text).toString()).filter(path -> !path.isEmpty());
        } catch (InvalidPathException wrong) {
            return Optional.empty();
        }
    }
}
