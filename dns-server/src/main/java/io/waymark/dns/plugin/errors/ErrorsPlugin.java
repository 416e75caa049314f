package io.waymark.dns.plugin.errors;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.querylog.LogLine;
import io.waymark.dns.querylog.QueryLog;

/// The `errors` plugin: a line for each query that failed, with the reason.
public final class ErrorsPlugin implements Observer {
    private final QueryLog log;

    public ErrorsPlugin(QueryLog log) {
        this.log = log;
    }

    @Override
    public void answered(Answered answered) {
        log.add(() -> LogLine.failed(answered));
    }
}
