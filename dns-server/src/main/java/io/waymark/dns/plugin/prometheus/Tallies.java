package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.plugin.prometheus.Traffic.Series;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The tallies of one loop by the numbers of their series. One thread at a time writes, any reads.
final class Tallies {
    private volatile @Nullable Tally[] bySeries = new Tally[4];

    /// The writer's: made when it is asked for first.
    Tally of(Series series) {
        var known = bySeries;
        var tally = series.number() < known.length ? known[series.number()] : null;
        return tally == null ? make(series) : tally;
    }

    private Tally make(Series series) {
        var more = Arrays.copyOf(bySeries, Math.max(bySeries.length, series.number() + 4));
        var tally = new Tally();
        more[series.number()] = tally;
        bySeries = more;
        return tally;
    }

    /// A reader's.
    Optional<Tally> known(Series series) {
        var known = bySeries;
        return series.number() < known.length ? Optional.ofNullable(known[series.number()]) : Optional.empty();
    }
}
