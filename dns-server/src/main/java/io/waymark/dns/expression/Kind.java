package io.waymark.dns.expression;

import java.util.Locale;

/// What is known of a value before there is a query.
public enum Kind {
    TEXT,
    NUMBER,
    TRUTH,
    LIST,
    /// Nothing.
    ANY;

    boolean fits(Kind other) {
        return this == ANY || other == ANY || this == other;
    }

    /// `text`
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
