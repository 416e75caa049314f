package io.waymark.testzones.bench;

/// One row of a table: what is measured, of the peer and of Waymark.
public interface Row {
    /// With its unit, and what it is of.
    String title();

    /// A value as it is shown.
    String text(double value);

    Goal goal();
}
