package io.waymark.dns.corefile.stage;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.NearestName;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// One directive of a plugin while it is read: each option is asked for by name, with its default,
/// and [#finish] refuses what nobody asked for. Notes each problem and goes on.
public final class Section {
    private final Directive directive;
    private final Remarks remarks;
    private final Set<String> known = new LinkedHashSet<>();

    public Section(Directive directive, Remarks remarks) {
        this.directive = directive;
        this.remarks = remarks;
    }

    /// The only line of a plugin that a block may have once; further ones are problems.
    public static Section once(List<Directive> lines, Remarks remarks) {
        Directive first = lines.getFirst();
        for (Directive further : lines.subList(1, lines.size())) {
            remarks.problem(
                    further.name(),
                    first.name().text() + " may stand once in a server block, and already stands at " + first.at()
                            + "; remove one of them");
        }
        return new Section(first, remarks);
    }

    /// The last line of a plugin whose earlier lines it overrules; they are warned about.
    public static Section last(List<Directive> lines, Remarks remarks) {
        Directive last = lines.getLast();
        for (Directive earlier : lines.subList(0, lines.size() - 1)) {
            remarks.warning(earlier.name(), overruled(earlier, last));
        }
        return new Section(last, remarks);
    }

    private static String overruled(Directive earlier, Directive last) {
        return earlier.name().text() + " stands here and at " + last.at() + "; the last one counts, remove the other";
    }

    public Token name() {
        return directive.name();
    }

    /// The words behind the plugin's name.
    public List<Token> arguments() {
        return directive.arguments();
    }

    public Remarks remarks() {
        return remarks;
    }

    /// Refuses more than `max` arguments.
    /// @param shape the directive as it should look
    public void argumentsMax(int max, String shape) {
        tooMany(directive, max, shape);
    }

    /// Whether an option without a value is there.
    public boolean flag(String option) {
        var lines = lines(option);
        lines.forEach(line -> tooMany(line, 0, option));
        return !lines.isEmpty();
    }

    /// The value of an option that takes one; the last counts if it is given repeatedly.
    public <T> T value(String option, ValueKind<T> kind, T byDefault) {
        T value = byDefault;
        for (Directive line : onlyOnce(option)) {
            tooMany(line, 1, option + " VALUE");
            value = line.arguments().isEmpty()
                    ? missing(line, kind.expected(), byDefault)
                    : read(option, line.arguments().getFirst(), kind).orElse(byDefault);
        }
        return value;
    }

    /// The plugin's only argument.
    public <T> T argument(ValueKind<T> kind, T byDefault) {
        var words = directive.arguments();
        return words.isEmpty()
                ? byDefault
                : read(directive.name().text(), words.getFirst(), kind).orElse(byDefault);
    }

    /// Reads one word; empty after a problem if it is not of its kind.
    public <T> Optional<T> read(String owner, Token word, ValueKind<T> kind) {
        var value = kind.read().apply(word.text());
        if (value.isEmpty()) {
            remarks.problem(
                    word,
                    owner + ": found " + word.quoted() + ", expected " + kind.expected()
                            + NearestName.hint(word.text(), kind.words()));
        }
        return value;
    }

    /// The lines of an option, whose name is known from now on.
    public List<Directive> lines(String option) {
        known.add(option);
        return directive.block().stream()
                .filter(line -> line.name().text().equals(option))
                .toList();
    }

    /// As [#lines], with a warning about each line that a later one overrules.
    public List<Directive> onlyOnce(String option) {
        var lines = lines(option);
        for (Directive overruled : lines.subList(0, Math.max(0, lines.size() - 1))) {
            remarks.warning(overruled.name(), overruled(overruled, lines.getLast()));
        }
        return lines;
    }

    /// The words of all lines of an option that takes at least one.
    public List<Token> words(String option, String expected) {
        var words = new ArrayList<Token>();
        for (Directive line : lines(option)) {
            if (line.arguments().isEmpty()) {
                missing(line, expected, line);
            }
            words.addAll(line.arguments());
        }
        return words;
    }

    /// The values of an option that takes several; those of its last line count.
    public <T> List<T> values(String option, ValueKind<T> kind, List<T> byDefault) {
        var values = byDefault;
        for (var line : onlyOnce(option)) {
            values = line.arguments().isEmpty()
                    ? missing(line, kind.expected(), byDefault)
                    : line.arguments().stream()
                            .flatMap(word -> read(option, word, kind).stream())
                            .toList();
        }
        return values;
    }

    /// An option of CoreDNS that this version does not have.
    /// @param advice what to do instead
    public void notYet(String option, String advice) {
        lines(option)
                .forEach(line -> remarks.problem(
                        line.name(),
                        directive.name().text() + ": option " + option + " is not supported yet by this version; "
                                + advice));
    }

    /// An option that CoreDNS had once; it has no effect.
    public void relic(String option) {
        lines(option)
                .forEach(line -> remarks.warning(
                        line.name(),
                        directive.name().text() + ": option " + option
                                + " has had no effect since CoreDNS 1.7 and has none here; remove the line"));
    }

    /// Refuses options that are not known, and blocks inside options, which no option has.
    public void finish() {
        for (Directive line : directive.block()) {
            String option = line.name().text();
            if (!known.contains(option)) {
                String allowed = known.isEmpty() ? "there are none" : "known are " + String.join(", ", known);
                remarks.problem(
                        line.name(),
                        directive.name().text() + ": unknown option \"" + option + "\""
                                + NearestName.of(option, known)
                                        .map(near -> "; did you mean \"" + near + "\"?")
                                        .orElse("; " + allowed));
            } else if (!line.block().isEmpty()) {
                remarks.problem(
                        line.block().getFirst().name(),
                        directive.name().text() + ": option " + option + " has no block; remove the braces");
            }
        }
    }

    public <T> T missing(Directive line, String expected, T byDefault) {
        remarks.problem(line.name(), line.name().text() + " has no value; expected " + expected);
        return byDefault;
    }

    private void tooMany(Directive line, int max, String shape) {
        if (line.arguments().size() > max) {
            Token surplus = line.arguments().get(max);
            remarks.problem(
                    surplus, line.name().text() + ": found " + surplus.quoted() + ", expected nothing more: " + shape);
        }
    }
}
