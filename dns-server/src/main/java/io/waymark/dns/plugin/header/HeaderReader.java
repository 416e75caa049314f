package io.waymark.dns.plugin.header;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.plugin.header.HeaderStage.Action;
import io.waymark.dns.plugin.header.HeaderStage.Flag;
import io.waymark.dns.plugin.header.HeaderStage.Rule;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Reads the lines of `header`.
public final class HeaderReader {
    private static final String SHAPE = "query|response set|clear FLAG…, such as \"response set ra\"";
    private static final ValueKind<Action> ACTION = insensitive(ValueKind.oneOf(Action.values(), '_'));
    private static final ValueKind<Flag> FLAG = insensitive(ValueKind.oneOf(Flag.values(), '_'));

    private HeaderReader() {}

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "header { " + SHAPE + " }");
        var query = rules(section, "query");
        var response = rules(section, "response");
        section.finish();
        if (query.isEmpty() && response.isEmpty() && lines.getFirst().block().isEmpty()) {
            remarks.problem(section.name(), "header changes nothing; expected in its block " + SHAPE);
        }
        return List.of(new HeaderStage(query, response));
    }

    private static List<Rule> rules(Section section, String option) {
        var rules = new ArrayList<Rule>();
        for (var line : section.lines(option)) {
            var words = line.arguments();
            if (words.size() < 2) {
                section.missing(line, SHAPE, words);
                continue;
            }
            var action = section.read(option, words.getFirst(), ACTION);
            for (var word : words.subList(1, words.size())) {
                var flag = section.read(option, word, FLAG);
                action.ifPresent(known -> flag.ifPresent(bit -> rules.add(new Rule(bit, known))));
            }
        }
        return rules;
    }

    private static <T> ValueKind<T> insensitive(ValueKind<T> kind) {
        return new ValueKind<>(
                kind.expected(), kind.words(), text -> kind.read().apply(text.toLowerCase(Locale.ROOT)));
    }
}
