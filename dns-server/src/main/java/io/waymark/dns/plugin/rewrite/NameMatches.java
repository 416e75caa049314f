package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pattern.GoPattern;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads which names a rule means.
final class NameMatches {
    static final String EXACT = "exact";

    /// How a text means names.
    enum Kind {
        EXACT,
        PREFIX,
        SUFFIX,
        SUBSTRING,
        REGEX
    }

    static final ValueKind<Kind> KIND = RuleValues.words(Map.of(
            EXACT,
            Kind.EXACT,
            "prefix",
            Kind.PREFIX,
            "suffix",
            Kind.SUFFIX,
            "substring",
            Kind.SUBSTRING,
            "regex",
            Kind.REGEX));

    private NameMatches() {}

    /// `[KIND] TEXT`.
    /// @param kind whether a kind is written; without one it is exact
    static Optional<NameMatch> read(RuleWords words, boolean kind) {
        var how = kind ? words.read("kind of match", KIND) : Optional.of(Kind.EXACT);
        var text = words.take();
        return how.flatMap(known -> of(words, known, text, normal(text.text())));
    }

    /// `KIND TEXT`, where only a whole name gets a dot at its end.
    static Optional<NameMatch> readAsWritten(RuleWords words) {
        var how = words.read("kind of match", KIND);
        var text = words.take();
        return how.flatMap(kind -> of(
                words,
                kind,
                text,
                kind == Kind.EXACT ? normal(text.text()) : text.text().toLowerCase(Locale.ROOT)));
    }

    private static Optional<NameMatch> of(RuleWords words, Kind kind, Token word, String text) {
        return switch (kind) {
            case EXACT -> Optional.of(new NameMatch.Exact(text));
            case PREFIX -> Optional.of(new NameMatch.Prefix(text));
            case SUFFIX -> Optional.of(new NameMatch.Suffix(text));
            case SUBSTRING -> Optional.of(new NameMatch.Substring(text));
            case REGEX -> words.read("regex", word, GoPattern.KIND).map(NameMatch.Regex::new);
        };
    }

    /// In lower case, with the dot at the end: CoreDNS does so to parts of names too.
    static String normal(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") && !endsWithEscapedDot(lower) ? lower : lower + ".";
    }

    private static boolean endsWithEscapedDot(String text) {
        int backslashes = 0;
        while (backslashes < text.length() - 1 && text.charAt(text.length() - 2 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }
}
