package io.waymark.dns.plugin.log;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.querylog.LogFormat;
import io.waymark.dns.querylog.ReplyClass;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// `log [NAME… [FORMAT]] { class CLASS… }`: answered queries are logged, one line each.
/// @param rules in the order of the text; the first whose scope holds the name decides
public record LogStage(List<Rule> rules) implements ObservingStage {
    public static final LogStage DEFAULT =
            new LogStage(List.of(new Rule(DomainName.ROOT, EnumSet.of(ReplyClass.ALL), LogFormat.COMMON)));

    private static final ValueKind<ReplyClass> CLASS = ValueKind.oneOf(ReplyClass.values(), '_');

    /// Copies the rules.
    public LogStage {
        rules = List.copyOf(rules);
    }

    /// What is logged for the names at or below `scope`.
    /// @param classes at least one
    public record Rule(DomainName scope, Set<ReplyClass> classes, LogFormat format) {
        /// Copies the classes in their fixed order.
        public Rule {
            classes = Set.copyOf(classes);
            if (classes.isEmpty()) {
                throw new IllegalArgumentException("a rule without a class logs nothing");
            }
        }
    }

    /// The lines of a block make one stage, in their order.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var rules = new ArrayList<Rule>();
        for (Directive line : lines) {
            var section = new Section(line, remarks);
            var classes = EnumSet.noneOf(ReplyClass.class);
            for (Token word : section.words("class", CLASS.expected())) {
                section.read("class", word, CLASS).ifPresent(classes::add);
            }
            section.finish();
            var logged = classes.isEmpty() ? EnumSet.of(ReplyClass.ALL) : classes;
            var format = format(line);
            var names = format.isPresent()
                    ? line.arguments().subList(0, line.arguments().size() - 1)
                    : line.arguments();
            if (format.isPresent() && names.isEmpty()) {
                remarks.problem(
                        line.arguments().getFirst(),
                        "log: a format stands behind the names that it is for; write a dot in front of it for all names");
            }
            var scopes = names.isEmpty() ? List.of(DomainName.ROOT) : ZoneText.names(names, remarks);
            scopes.forEach(scope -> rules.add(new Rule(scope, logged, format.orElse(LogFormat.COMMON))));
        }
        return List.of(new LogStage(rules));
    }

    private static Optional<LogFormat> format(Directive line) {
        return line.arguments().isEmpty()
                ? Optional.empty()
                : Optional.of(line.arguments().getLast().text())
                        .filter(text -> text.contains("{"))
                        .map(LogFormat::of);
    }

    @Override
    public String plugin() {
        return "log";
    }

    @Override
    public List<Setting> settings() {
        return rules.stream()
                .map(rule -> new Setting(
                        rule.scope.toString(),
                        "class " + Words.join(rule.classes.stream().sorted().toList())
                                + (rule.format.equals(LogFormat.COMMON) ? "" : " format " + rule.format),
                        DEFAULT.rules.contains(rule)))
                .toList();
    }

    @Override
    public Observer start(Surroundings around) {
        return new LogPlugin(this, around.log());
    }

    @Override
    public boolean failuresOnly() {
        return false;
    }
}
