package io.waymark.dns.plugin.log;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.log.LogStage.Rule;
import io.waymark.dns.querylog.LogLevel;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.dns.querylog.ReplyClass;
import io.waymark.dns.querylog.ReplyType;
import java.util.HashMap;
import java.util.Map;

/// The `log` plugin: a line for each query whose name and reply its rules select.
public final class LogPlugin implements Observer {
    private final LogStage stage;
    private final QueryLog log;

    public LogPlugin(LogStage stage, QueryLog log) {
        this.stage = stage;
        this.log = log;
    }

    @Override
    public void answered(Answered answered) {
        var name = answered.exchange().question().name();
        for (var rule : stage.rules()) {
            if (name.isWithin(rule.scope())) {
                if (selects(rule, answered)) {
                    var metadata = metadata(rule, answered);
                    log.add(() -> LogLevel.INFO.line(rule.format().line(answered, metadata)));
                }
                return;
            }
        }
    }

    private static boolean selects(Rule rule, Answered answered) {
        return rule.classes().contains(ReplyClass.ALL)
                || rule.classes().contains(ReplyType.of(answered.reply()).replyClass());
    }

    // Asked for here, where the query is at hand; the line is written later, on another thread.
    private static Map<String, String> metadata(Rule rule, Answered answered) {
        var labels = rule.format().metadata();
        if (labels.isEmpty()) {
            return Map.of();
        }
        var notes = answered.exchange().notes();
        var type = ReplyType.of(answered.reply());
        notes.metadata("log/type", type.toString());
        notes.metadata("log/class", type.replyClass().toString());
        var values = new HashMap<String, String>();
        labels.forEach(label -> notes.metadata(label).ifPresent(value -> values.put(label, value)));
        return values;
    }
}
