package io.waymark.dns.pattern;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.waymark.dns.corefile.stage.ValueKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A regular expression as Go has it (RE2): the syntax of CoreDNS' Corefiles, in linear time.
public final class GoPattern {
    /// What a Corefile may have, in characters.
    public static final int LENGTH_MAX = 10_000;

    public static final ValueKind<GoPattern> KIND = new ValueKind<>(
            "a regular expression in Go's syntax (RE2, at most 10000 characters), such as ^web-(\\d+)[.]example[.]org[.]$",
            List.of(),
            GoPattern::read);

    private final Pattern pattern;

    private GoPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /// Empty if the text is none, or too long.
    public static Optional<GoPattern> read(String text) {
        if (text.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        try {
            return Optional.of(new GoPattern(Pattern.compile(text)));
        } catch (PatternSyntaxException noPattern) {
            return Optional.empty();
        }
    }

    /// How many groups it has, the whole match not counted.
    public int groupCount() {
        return pattern.groupCount();
    }

    /// Whether some part of the text matches.
    public boolean finds(String text) {
        return pattern.matcher(text).find();
    }

    /// The first match: the whole, then each group, empty for one that has no part in it. Empty if there
    /// is no match.
    public Optional<List<String>> match(String text) {
        var matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        var groups = new ArrayList<String>(matcher.groupCount() + 1);
        for (int i = 0; i <= matcher.groupCount(); i++) {
            @Nullable String group = matcher.group(i);
            groups.add(group == null ? "" : group);
        }
        return Optional.of(groups);
    }

    /// The numbers of the groups that have names.
    public Map<String, Integer> names() {
        return new HashMap<>(pattern.namedGroups());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof GoPattern that && pattern.pattern().equals(that.pattern.pattern());
    }

    @Override
    public int hashCode() {
        return pattern.pattern().hashCode();
    }

    /// As it was written.
    @Override
    public String toString() {
        return pattern.pattern();
    }
}
