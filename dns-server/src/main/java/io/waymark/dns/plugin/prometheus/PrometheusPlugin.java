package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.pipeline.Answered;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.pipeline.QueryPipeline.Served;
import io.waymark.dns.plugin.prometheus.Traffic.Series;
import java.util.Arrays;

/// The `prometheus` plugin of a block: counts what is answered. Any thread.
final class PrometheusPlugin implements Observer {
    private final Traffic traffic;
    /// Searched one by one: a block has a handful.
    private volatile Known[] known = {};

    /// Who answers for a zone, and where that is counted.
    private record Known(Served served, Series series) {}

    PrometheusPlugin(Traffic traffic) {
        this.traffic = traffic;
    }

    @Override
    public void answered(Answered answered) {
        traffic.count(series(answered.served()), answered);
    }

    // By identity, as Served says.
    @SuppressWarnings("ReferenceEquality")
    private Series series(Served served) {
        for (var one : known) {
            if (one.served == served) {
                return one.series;
            }
        }
        return add(served);
    }

    private synchronized Series add(Served served) {
        var series = traffic.series(
                served.server(),
                served.zone().toString(),
                served.block().traits().view().name());
        var more = Arrays.copyOf(known, known.length + 1);
        more[known.length] = new Known(served, series);
        known = more;
        return series;
    }
}
