package io.waymark.proxy.config;

import io.waymark.source.document.DocumentProblem;
import io.waymark.source.document.Field;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// One mapping of the file, which remembers what it was asked for: what nobody asked for is unknown.
final class Section {
    /// A name further off than this is no slip of the finger.
    private static final int TYPO_EDITS_MAX = 3;

    private final Field field;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Section> below = new ArrayList<>();

    Section(Field field) {
        this.field = field;
    }

    Field field(String name) {
        known.add(name);
        return field.child(name);
    }

    Section section(String name) {
        var section = new Section(field(name));
        below.add(section);
        return section;
    }

    /// Names that mean something to kube-proxy and nothing here.
    void ignore(String... names) {
        known.addAll(List.of(names));
    }

    int integer(String name, int otherwise, int min, int max) {
        return field(name).integer(min, max).orElse(otherwise);
    }

    boolean flag(String name, boolean otherwise) {
        return field(name).flag(otherwise);
    }

    String text(String name, String otherwise) {
        var text = field(name);
        return text.isAbsent() ? otherwise : text.text();
    }

    /// A time as Go writes it, zero or more.
    Duration duration(String name, Duration otherwise) {
        var text = field(name);
        if (text.isAbsent()) {
            return otherwise;
        }
        var duration = GoDuration.parse(text.text());
        if (duration.isEmpty() || duration.get().isNegative()) {
            text.complainAbout(text.text(), "a time of zero or more, such as 30s or 1m30s");
            return otherwise;
        }
        return duration.get();
    }

    /// A time of more than zero; zero stands for the default, as for kube-proxy.
    Duration period(String name, Duration otherwise) {
        var duration = duration(name, otherwise);
        return duration.isZero() ? otherwise : duration;
    }

    /// All names below that nobody asked for, as warnings: kube-proxy goes on without them too.
    List<DocumentProblem> unknown(String file) {
        var warnings = new ArrayList<DocumentProblem>();
        for (var name : field.names()) {
            if (!known.contains(name)) {
                warnings.add(field.child(name).remark(file, "no such field, it has no effect" + meant(name)));
            }
        }
        below.forEach(section -> warnings.addAll(section.unknown(file)));
        return warnings;
    }

    private String meant(String name) {
        return known.stream()
                .filter(other -> edits(name, other) <= TYPO_EDITS_MAX)
                .min(Comparator.comparingInt(other -> edits(name, other)))
                .map(other -> "; did you mean " + other + "?")
                .orElse("");
    }

    /// How many letters must be put in, taken out or replaced (Levenshtein).
    private static int edits(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
