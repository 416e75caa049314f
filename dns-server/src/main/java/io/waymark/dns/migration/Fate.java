package io.waymark.dns.migration;

import java.util.Locale;

/// What becomes of a line.
/// @param why empty if there is nothing to say
public record Fate(Kind kind, String why) {
    /// It does what it does there.
    public static final Fate SAME = new Fate(Kind.SAME, "");

    /// From the best to the worst.
    public enum Kind {
        /// It does what it does there, and `why` says what more.
        BETTER,
        /// It does what it does there, but for what `why` says.
        SAME,
        /// It has no effect, and `why` says why not.
        IGNORED,
        /// It must be changed, and `why` says how.
        REFUSED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The same, with one thing more to say.
    Fate and(String more) {
        return new Fate(kind, why.isEmpty() ? more : why + "; " + more);
    }
}
