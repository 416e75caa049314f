package io.waymark.dns.plugin.view;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.expression.Expression;
import io.waymark.dns.expression.Facts;
import io.waymark.dns.expression.Vocabulary;
import io.waymark.dns.pipeline.BlockView;
import io.waymark.dns.pipeline.Exchange;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.ExpressionWords;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// `view NAME { expr EXPRESSION … }`: the block takes a query only if all its expressions hold. Of several
/// blocks for one zone the first that takes it answers.
public record ViewStage(String name, List<Expression> expressions) implements TraitStage {
    /// Copies the expressions.
    public ViewStage {
        expressions = List.copyOf(expressions);
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "view NAME");
        if (section.arguments().isEmpty()) {
            remarks.problem(section.name(), "view has no name; write one, such as \"view internal\"");
        }
        var expressions = new ArrayList<Expression>();
        for (var line : section.lines("expr")) {
            ExpressionWords.read(line, line.arguments(), Vocabulary.QUERY, remarks)
                    .ifPresent(expressions::add);
        }
        section.finish();
        var name = section.arguments().isEmpty()
                ? ""
                : section.arguments().getFirst().text();
        return List.of(new ViewStage(name, expressions));
    }

    @Override
    public String plugin() {
        return "view";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("name", name, false));
        expressions.forEach(expression -> settings.add(new Setting("expr", expression.text(), false)));
        return settings;
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withView(new BlockView(name, this::admits));
    }

    private boolean admits(Exchange exchange) {
        var facts = new Facts(exchange);
        for (var expression : expressions) {
            if (!expression.holds(facts)) {
                return false;
            }
        }
        return true;
    }
}
