package io.waymark.dns.plugin.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.metrics.MetricKind;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The text format of Prometheus, 0.0.4, and OpenMetrics 1.0.0.
class ScrapeTextTest {
    private final Metrics metrics = new Metrics();

    @Test
    void aScrapeIsSortedByNamesAndLabels() {
        var counter = metrics.counter("b_total", "Counts \\ \"b\".\nTwice.", "zone", "proto");
        counter.with("b.", "udp").add(16_000);
        counter.with("a\"\\\n.", "udp").add(1);
        metrics.gauge("a_info", "Says a.").set(() -> 1);
        metrics.histogram("c_seconds", "Measures c.", new double[] {0.00025, 511})
                .with()
                .observe(0.25);
        metrics.counter("nothing_total", "Has not been counted.", "zone");

        assertThat(ScrapeText.of(metrics.families(), ScrapeFormat.TEXT)).isEqualTo("""
                # HELP a_info Says a.
                # TYPE a_info gauge
                a_info 1
                # HELP b_total Counts \\\\ "b".\\nTwice.
                # TYPE b_total counter
                b_total{proto="udp",zone="a\\"\\\\\\n."} 1
                b_total{proto="udp",zone="b."} 16000
                # HELP c_seconds Measures c.
                # TYPE c_seconds histogram
                c_seconds_bucket{le="0.00025"} 0
                c_seconds_bucket{le="511"} 1
                c_seconds_bucket{le="+Inf"} 1
                c_seconds_sum 0.25
                c_seconds_count 1
                """);
    }

    @Test
    void openMetricsNamesACounterWithoutItsEndAndBoundsWithAFraction() {
        metrics.counter("b_total", "Counts \"b\".").with().add(7);
        metrics.histogram("c_seconds", "Measures c.", new double[] {0.00025, 511}, "zone")
                .with(".")
                .observe(600);
        metrics.collect(
                MetricKind.SUMMARY,
                "d_seconds",
                "Sums d up.",
                List.of(),
                () -> List.of(new Reading.Distribution(List.of(), new double[0], new long[] {3}, 1.5)));

        assertThat(ScrapeText.of(metrics.families(), ScrapeFormat.OPEN_METRICS)).isEqualTo("""
                # HELP b Counts \\"b\\".
                # TYPE b counter
                b_total 7
                # HELP c_seconds Measures c.
                # TYPE c_seconds histogram
                c_seconds_bucket{zone=".",le="0.00025"} 0
                c_seconds_bucket{zone=".",le="511.0"} 0
                c_seconds_bucket{zone=".",le="+Inf"} 1
                c_seconds_sum{zone="."} 600
                c_seconds_count{zone="."} 1
                # HELP d_seconds Sums d up.
                # TYPE d_seconds summary
                d_seconds_sum 1.5
                d_seconds_count 3
                # EOF
                """);
    }

    /// As `strconv.FormatFloat(value, 'g', -1, 64)` of Go, but for its exponents of two digits.
    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            0,                  0
            -0.0,               0
            1,                  1
            16000,              16000
            1234567890123,      1234567890123
            0.00025,            0.00025
            0.1,                0.1
            8.192,              8.192
            -2.5,               -2.5
            0.00001,            1e-05
            1.5e-7,             1.5e-07
            1e20,               100000000000000000000
            1e21,               1e+21
            1.8446744073709552e19, 18446744073709552000
            1.25e300,           1.25e+300
            Infinity,           +Inf
            -Infinity,          -Inf
            NaN,                NaN
            """)
    void numbersAreWrittenAsGoDoes(double value, String text) {
        assertThat(NumberText.of(value)).isEqualTo(text);
    }

    @ParameterizedTest(name = "{0} gets {1}: {2}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            # Accept                                                             | gets         | because
            ''                                                                   | TEXT         | nothing is said
            */*                                                                  | TEXT         | anything will do
            text/html                                                            | TEXT         | there is nothing better
            application/openmetrics-text; version=1.0.0                          | OPEN_METRICS | it is asked for
            application/openmetrics-text;version=1.0.0;q=0.5,text/plain;q=0.2    | OPEN_METRICS | it is liked better
            application/openmetrics-text;q=0.1,text/plain;q=0.5                  | TEXT         | text is liked better
            application/openmetrics-text;q=0,*/*;q=0.1                           | TEXT         | it is refused
            application/vnd.google.protobuf;q=0.7,application/openmetrics-text;q=0.5,text/plain;q=0.4 | OPEN_METRICS | the best is not to be had
            """)
    void theFormatIsWhatTheScraperLikesBest(String accept, ScrapeFormat format, String because) {
        assertThat(ScrapeFormat.of(accept)).as(because).isEqualTo(format);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            ''               | false
            gzip             | true
            deflate, GZip;q=0.5 | true
            gzip;q=0         | false
            br               | false
            """)
    void aScrapeIsCompressedIfThatIsAccepted(String accept, boolean gzip) {
        assertThat(ScrapeFormat.gzip(accept)).isEqualTo(gzip);
    }
}
