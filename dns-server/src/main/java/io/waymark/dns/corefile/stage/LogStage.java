package io.waymark.dns.corefile.stage;

import io.waymark.records.name.DomainName;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// `log [NAME…] { class CLASS… }`: answered queries are logged, one line each.
/// @param rules in the order of the text; the first whose scope holds the name decides
public record LogStage(List<Rule> rules) implements Stage {
    public static final LogStage DEFAULT =
            new LogStage(List.of(new Rule(DomainName.ROOT, EnumSet.of(ResponseClass.ALL))));

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
}
