package io.waymark.dns.plugin.prometheus;

import java.util.Locale;

/// How a scrape is written, by what the scraper accepts (RFC 9110 §12.5.1).
enum ScrapeFormat {
    /// The text format of Prometheus, version 0.0.4: what CoreDNS writes.
    TEXT("text/plain; version=0.0.4; charset=utf-8; escaping=underscores"),
    /// OpenMetrics 1.0.0.
    OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");

    private static final int RANGES_MAX = 32;

    private final String contentType;

    ScrapeFormat(String contentType) {
        this.contentType = contentType;
    }

    String contentType() {
        return contentType;
    }

    /// The format that is liked best; [#TEXT] if none is known.
    /// @param accept the header's value; may be empty
    static ScrapeFormat of(String accept) {
        double text = 0;
        double open = 0;
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", RANGES_MAX)) {
            var parts = range.split(";");
            switch (parts[0].strip()) {
                case "application/openmetrics-text" -> open = Math.max(open, quality(parts));
                case "text/plain", "text/*", "*/*" -> text = Math.max(text, quality(parts));
                default -> {}
            }
        }
        return open > 0 && open >= text ? OPEN_METRICS : TEXT;
    }

    /// Whether a reply may be compressed with gzip.
    /// @param accept the value of the header `Accept-Encoding`; may be empty
    static boolean gzip(String accept) {
        for (String range : accept.toLowerCase(Locale.ROOT).split(",", RANGES_MAX)) {
            var parts = range.split(";");
            if (parts[0].strip().equals("gzip") && quality(parts) > 0) {
                return true;
            }
        }
        return false;
    }

    private static double quality(String... parts) {
        for (int i = 1; i < parts.length; i++) {
            var parameter = parts[i].strip();
            if (parameter.matches("q=[0-9](\\.[0-9]{0,3})?")) {
                return Double.parseDouble(parameter.substring(2));
            }
        }
        return 1;
    }
}
