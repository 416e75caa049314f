package io.waymark.source.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Times as Go's `time.ParseDuration` reads them.
class GoDurationTest {

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(nullValues = "none", textBlock = """
            5s,      5s
            90s,     1m30s
            1h30m,   1h30m
            1.5s,    1s500ms
            .5h,     30m
            250ms,   250ms
            3us,     3us
            3µs,     3us
            7ns,     7ns
            0,       0s
            -1.5h,   -1h30m
            +2s,     2s
            5,       none
            5 s,     none
            s,       none
            1d,      none
            -,       none
            999999999h, none
            """)
    void reads(String text, String expected) {
        assertThat(GoDuration.parse(text).map(GoDuration::write).orElse(null)).isEqualTo(expected);
    }

    /// As `Duration.String` of Go.
    @ParameterizedTest(name = "{0} is printed {1}")
    @CsvSource(textBlock = """
            0s,      0s
            30s,     30s
            5m,      5m0s
            90s,     1m30s
            1h,      1h0m0s
            1.5s,    1.5s
            1500us,  1.5ms
            250ns,   250ns
            1500ns,  1.5µs
            """)
    void isPrintedAsGoDoes(String text, String printed) {
        assertThat(GoDuration.print(GoDuration.parse(text).orElseThrow())).isEqualTo(printed);
    }
}
