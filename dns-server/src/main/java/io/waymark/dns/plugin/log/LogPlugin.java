package io.waymark.dns.plugin.log;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.log.LogStage.ResponseClass;
import io.waymark.dns.querylog.LogLine;
import io.waymark.dns.querylog.QueryLog;
import io.waymark.records.message.Rcode;
import java.util.Set;

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
                if (selects(rule.classes(), answered.reply())) {
                    log.add(() -> LogLine.answered(answered));
                }
                return;
            }
        }
    }

    private static boolean selects(Set<ResponseClass> classes, byte[] reply) {
        return classes.contains(ResponseClass.ALL) || classes.contains(responseClass(reply));
    }

    // NODATA is NOERROR without an answer, with the SOA that a referral has not (RFC 2308 §2.2).
    private static ResponseClass responseClass(byte[] reply) {
        if (reply.length == 0) {
            return ResponseClass.ERROR;
        }
        int rcode = reply[3] & 0xf;
        boolean answer = (reply[6] | reply[7]) != 0;
        if (rcode == Rcode.NXDOMAIN.code() || rcode == 0 && !answer) {
            return ResponseClass.DENIAL;
        }
        return rcode == 0 ? ResponseClass.SUCCESS : ResponseClass.ERROR;
    }
}
