package io.waymark.dns.plugin.file;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// `file DBFILE [ZONE…] { … }`: zones out of master files, all lines of a block together.
/// @param sources     one a zone; of two with one zone the later counts
/// @param fallthrough which names that do not exist are left to the next plugin
record FileStage(List<Source> sources, Fallthrough fallthrough) implements AnsweringStage {
    static final Duration RELOAD_DEFAULT = Duration.ofMinutes(1);

    /// One zone and its file.
    /// @param path   as written
    /// @param at     where it is written
    /// @param reload between two looks at the file; 0 for none after the start
    /// @param byTime `reload_by_mtime`: whether a newer file counts whatever its serial is
    record Source(DomainName zone, String path, Position at, Duration reload, boolean byTime) {}

    /// Copies the list.
    FileStage {
        sources = List.copyOf(sources);
    }

    @Override
    public String plugin() {
        return "file";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        for (var source : sources) {
            settings.add(new Setting(
                    source.zone.toString(),
                    source.path
                            + (source.reload.equals(RELOAD_DEFAULT) ? "" : " reload " + GoDuration.write(source.reload))
                            + (source.byTime ? " reload_by_mtime" : ""),
                    false));
        }
        settings.add(Setting.of("fallthrough", fallthrough, Fallthrough.NONE));
        return settings;
    }

    @Override
    public Plugin start(Surroundings around) {
        var byZone =
                sources.stream().collect(Collectors.toMap(Source::zone, source -> source, (earlier, later) -> later));
        var files =
                byZone.values().stream().map(source -> start(source, around)).toList();
        return new FilePlugin(
                files,
                fallthrough,
                around.has("forward"),
                around.behind(Plugin.class).isEmpty());
    }

    // A file that is missing may come; one that is there and wrong is a mistake of whoever wrote it.
    private static ZoneFile start(Source source, Surroundings around) {
        var path = Path.of(source.path);
        var file = new ZoneFile(path, source.zone, source.byTime);
        file.look();
        boolean mayCome = source.reload.isPositive() && !Files.exists(path);
        if (file.zone().isEmpty() && !mayCome) {
            throw new PluginStartException(source.at + ": file: zone " + source.zone + ": " + file.trouble());
        }
        if (source.reload.isPositive()) {
            around.every(source.reload, file::look);
        }
        return file;
    }
}
