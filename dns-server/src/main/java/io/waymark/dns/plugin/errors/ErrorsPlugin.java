package io.waymark.dns.plugin.errors;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.querylog.LogLevel;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.records.message.WireRcode;
import java.util.List;

/// The `errors` plugin: a line for each query that failed, with the reason; those that are consolidated
/// are counted instead, and a line says after a while how many there were.
final class ErrorsPlugin implements Observer {
    static final String PLUGIN = "plugin/errors: ";

    private final List<Consolidation> consolidations;
    private final QueryLog log;
    private final boolean debug;

    /// @param consolidations in the order of the Corefile; the first that matches an error has it
    /// @param debug          whether lines of the level debug are written
    ErrorsPlugin(List<Consolidation> consolidations, QueryLog log, boolean debug) {
        this.consolidations = List.copyOf(consolidations);
        this.log = log;
        this.debug = debug;
    }

    @Override
    public void answered(Answered answered) {
        for (var consolidation : consolidations) {
            if (consolidation.rule().pattern().finds(answered.reason())) {
                if (consolidation.shows()) {
                    write(consolidation.rule().level(), answered);
                }
                return;
            }
        }
        write(LogLevel.ERROR, answered);
    }

    private void write(LogLevel level, Answered answered) {
        if (level != LogLevel.DEBUG || debug) {
            log.add(() -> level.line(PLUGIN + text(answered)));
        }
    }

    private static String text(Answered answered) {
        var question = answered.exchange().question();
        return WireRcode.of(answered.reply()) + " " + question.name() + " " + question.type() + ": "
                + answered.reason();
    }
}
