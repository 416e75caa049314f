package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import java.util.List;

/// `rewrite [continue|stop] FIELD …`: queries and replies are changed by the first rule that means the
/// query, or by all up to one that stops.
/// @param lines in the order of the Corefile, at least one
public record RewriteStage(List<Line> lines) implements AnsweringStage {
    /// What follows a rule that meant the query.
    public enum Mode {
        STOP,
        CONTINUE
    }

    /// One line.
    /// @param text as it was written, without the mode
    record Line(Mode mode, RewriteRule rule, String text) {}

    /// Copies the lines.
    public RewriteStage {
        lines = List.copyOf(lines);
    }

    @Override
    public String plugin() {
        return "rewrite";
    }

    @Override
    public List<Setting> settings() {
        return lines.stream()
                .map(line -> new Setting(Words.lowerCase(line.mode()), line.text(), false))
                .toList();
    }

    @Override
    public Plugin start(Surroundings around) {
        return new RewritePlugin(lines);
    }
}
