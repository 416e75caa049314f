package io.waymark.dns.plugin.dnstap;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// The `dnstap` plugin: hands every query and its reply to the output. Any thread.
final class DnstapPlugin implements Observer {
    private final DnstapStage stage;
    private final TapOutput output;
    private final InstantSource clock;

    DnstapPlugin(DnstapStage stage, TapOutput output, InstantSource clock) {
        this.stage = stage;
        this.output = output;
        this.clock = clock;
    }

    @Override
    public void answered(Answered answered) {
        var extra = stage.extra().text().isEmpty() ? "" : stage.extra().line(answered, metadata(answered));
        output.add(new TapMessage(answered, extra, clock.instant()));
    }

    private Map<String, String> metadata(Answered answered) {
        var values = new HashMap<String, String>();
        for (var label : stage.extra().metadata()) {
            answered.exchange().notes().metadata(label).ifPresent(value -> values.put(label, value));
        }
        return values;
    }
}
