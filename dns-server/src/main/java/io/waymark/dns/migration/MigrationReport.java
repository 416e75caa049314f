package io.waymark.dns.migration;

import io.waymark.dns.corefile.Corefile;
import io.waymark.dns.corefile.CorefileRead;
import io.waymark.dns.corefile.CorefileReader;
import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Host;
import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.Problem;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.Warning;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.PluginOrder;
import io.waymark.dns.plan.ServerPlan;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What becomes of each line of a Corefile and of the files that it imports: blocks, plugins and their
/// options. An `import` is what it imports; braces, comments and snippets that nobody imports have no fate.
/// @param lines in the order of their positions, file by file, each once
public record MigrationReport(List<Line> lines) {

    /// One line.
    /// @param text as it was read: one space between two words, environment references replaced
    public record Line(Position at, String text, Fate fate) {}

    /// Copies the lines.
    public MigrationReport {
        lines = List.copyOf(lines);
    }

    /// Reads a text as the server would; parameters as for [ServerPlan#read].
    public static MigrationReport of(String file, String text, Host host, ListenAddress unbound) {
        var corefile = switch (CorefileReader.read(file, text, host.environment(), host.imports())) {
            case CorefileRead.Read(var whole) -> whole;
            case CorefileRead.Failed(var problems, var readable) -> readable;
        };
        var remarks = switch (ServerPlan.read(file, text, host, unbound)) {
            case PlanRead.Planned(var plan) -> remarks(List.of(), plan.warnings());
            case PlanRead.Failed(var problems, var warnings) -> remarks(problems, warnings);
        };
        return new MigrationReport(List.copyOf(new Assessment(remarks).lines(corefile)));
    }

    private static List<Remark> remarks(List<Problem> problems, List<Warning> warnings) {
        return Stream.concat(
                        problems.stream()
                                .map(problem -> new Remark(problem.position(), Fate.Kind.REFUSED, problem.message())),
                        warnings.stream()
                                .map(warning -> new Remark(warning.position(), Fate.Kind.IGNORED, warning.message())))
                .toList();
    }

    /// How many lines have each fate; all of them are there.
    public Map<Fate.Kind, Long> counts() {
        var counts = new TreeMap<Fate.Kind, Long>();
        Stream.of(Fate.Kind.values()).forEach(kind -> counts.put(kind, 0L));
        lines.forEach(line -> counts.merge(line.fate().kind(), 1L, Long::sum));
        return counts;
    }

    /// What the reader of Corefiles says of one place.
    private record Remark(Position at, Fate.Kind kind, String message) {
        boolean isAbout(Token word) {
            int quote = word.form() == Token.Form.QUOTED ? 1 : 0;
            int column = at.column() - word.at().column();
            return at.file().equals(word.at().file())
                    && at.line() == word.at().line()
                    && column >= 0
                    && column <= word.text().length() + quote;
        }
    }

    /// A Corefile on the way to its report.
    private static final class Assessment {
        private final List<Remark> remarks;
        private final Set<Remark> told = new HashSet<>();
        private final Map<Position, Line> lines = new TreeMap<>();

        Assessment(List<Remark> remarks) {
            this.remarks = remarks;
        }

        Collection<Line> lines(Corefile corefile) {
            for (var block : corefile.blocks()) {
                add(block.at(), block.keys(), Fate.SAME);
                block.directives().forEach(this::add);
            }
            // What is said of a place that is no line of the tree: a brace that is missing, an import of nothing.
            remarks.stream()
                    .filter(remark -> !told.contains(remark))
                    .forEach(remark -> lines.putIfAbsent(
                            remark.at(), new Line(remark.at(), "", new Fate(remark.kind(), remark.message()))));
            return lines.values();
        }

        private void add(Directive directive) {
            var plugin = directive.name().text();
            add(directive, KnownFates.fate(List.of(plugin)).orElse(Fate.SAME));
            var inherited = PluginOrder.supported().contains(plugin)
                    ? Fate.SAME
                    : new Fate(Fate.Kind.REFUSED, "it belongs to " + plugin + ", which is refused");
            for (var option : directive.block()) {
                var words =
                        Stream.concat(Stream.of(plugin), words(option).stream().map(Token::text));
                add(option, KnownFates.fate(words.toList()).orElse(inherited));
            }
        }

        /// A warning about the first word of a line says that the line has no effect.
        private void add(Directive directive, Fate otherwise) {
            var without = messages(Fate.Kind.IGNORED, List.of(directive.name()));
            add(directive.at(), words(directive), without.isEmpty() ? otherwise : new Fate(Fate.Kind.IGNORED, without));
        }

        /// With a problem a line is refused. A warning about one of its words is added to what becomes of it.
        private void add(Position at, List<Token> words, Fate otherwise) {
            var refused = messages(Fate.Kind.REFUSED, words);
            var warned = messages(Fate.Kind.IGNORED, words);
            Fate fate;
            if (!refused.isEmpty()) {
                fate = new Fate(Fate.Kind.REFUSED, refused);
            } else if (warned.isEmpty() || otherwise.kind() == Fate.Kind.IGNORED) {
                fate = otherwise;
            } else {
                fate = otherwise.and(warned);
            }
            var text = words.stream().map(Token::text).collect(Collectors.joining(" "));
            lines.putIfAbsent(at, new Line(at, text, fate));
        }

        private String messages(Fate.Kind kind, List<Token> words) {
            var about = remarks.stream()
                    .filter(remark -> remark.kind() == kind && words.stream().anyMatch(remark::isAbout))
                    .toList();
            told.addAll(about);
            return about.stream().map(Remark::message).collect(Collectors.joining("; "));
        }

        private static List<Token> words(Directive directive) {
            return Stream.concat(Stream.of(directive.name()), directive.arguments().stream())
                    .toList();
        }
    }
}
