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
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `log [NAME…] { class CLASS… }`: answered queries are logged, one line each.
/// @param rules in the order of the text; the first whose scope holds the name decides
public record LogStage(List<Rule> rules) implements ObservingStage {
    public static final LogStage DEFAULT =
            new LogStage(List.of(new Rule(DomainName.ROOT, EnumSet.of(ResponseClass.ALL))));

    private static final ValueKind<ResponseClass> CLASS = ValueKind.oneOf(ResponseClass.values(), '_');

    /// Copies the rules.
    public LogStage {
        rules = List.copyOf(rules);
    }

    /// What is logged for the names at or below `scope`.
    /// @param classes at least one
    public record Rule(DomainName scope, Set<ResponseClass> classes) {
        /// Copies the classes in their fixed order.
        public Rule {
            classes = Set.copyOf(classes);
            if (classes.isEmpty()) {
                throw new IllegalArgumentException("a rule without a class logs nothing");
            }
        }
    }

    /// Kinds of replies by what they say.
    public enum ResponseClass {
        ALL,
        /// An answer, a referral or an update.
        SUCCESS,
        /// NXDOMAIN or NODATA.
        DENIAL,
        /// SERVFAIL, NOTIMP, REFUSED and the like.
        ERROR;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// The lines of a block make one stage, in their order.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var rules = new ArrayList<Rule>();
        for (Directive line : lines) {
            var section = new Section(line, remarks);
            var classes = EnumSet.noneOf(ResponseClass.class);
            for (Token word : section.words("class", CLASS.expected())) {
                section.read("class", word, CLASS).ifPresent(classes::add);
            }
            section.finish();
            var logged = classes.isEmpty() ? EnumSet.of(ResponseClass.ALL) : classes;
            var scopes = line.arguments().isEmpty() ? List.of(DomainName.ROOT) : scopes(line, remarks);
            scopes.forEach(scope -> rules.add(new Rule(scope, logged)));
        }
        return List.of(new LogStage(rules));
    }

    private static List<DomainName> scopes(Directive line, Remarks remarks) {
        Token last = line.arguments().getLast();
        if (last.text().contains("{")) {
            remarks.problem(
                    last,
                    "log: a format is not supported yet by this version; remove it, lines are in CoreDNS' common format");
            return ZoneText.names(line.arguments().subList(0, line.arguments().size() - 1), remarks);
        }
        return ZoneText.names(line.arguments(), remarks);
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
                        "class " + Words.join(rule.classes.stream().sorted().toList()),
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
