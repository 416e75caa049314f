package io.waymark.dns.plugin.header;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import java.util.List;
import java.util.stream.Collectors;

/// `header { query|response set|clear FLAG… }`: changes the bits AA, RA and RD of queries before they
/// are answered, and of replies.
/// @param query    in the order of the text
/// @param response in the order of the text
public record HeaderStage(List<Rule> query, List<Rule> response) implements AnsweringStage {

    /// Copies the rules.
    public HeaderStage {
        query = List.copyOf(query);
        response = List.copyOf(response);
    }

    /// One bit.
    public record Rule(Flag flag, Action action) {
        @Override
        public String toString() {
            return Words.lowerCase(action) + " " + Words.lowerCase(flag);
        }
    }

    /// The bits that can be changed.
    public enum Flag {
        AA,
        RA,
        RD
    }

    /// What becomes of a bit.
    public enum Action {
        SET,
        CLEAR
    }

    @Override
    public String plugin() {
        return "header";
    }

    @Override
    public List<Setting> settings() {
        return List.of(setting("query", query), setting("response", response));
    }

    private static Setting setting(String name, List<Rule> rules) {
        var text = rules.stream().map(Rule::toString).collect(Collectors.joining(", "));
        return new Setting(name, rules.isEmpty() ? "as it is" : text, rules.isEmpty());
    }

    @Override
    public Plugin start(Surroundings around) {
        return new HeaderPlugin(this);
    }
}
