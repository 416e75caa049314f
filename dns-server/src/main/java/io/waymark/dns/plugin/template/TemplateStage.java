package io.waymark.dns.plugin.template;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.message.Rcode;
import java.util.ArrayList;
import java.util.List;

/// `template CLASS TYPE [ZONE…] { … }`: answers that are made of the question.
/// @param templates in the order of the Corefile
public record TemplateStage(List<Template> templates) implements AnsweringStage {
    /// Copies the templates.
    public TemplateStage {
        templates = List.copyOf(templates);
    }

    @Override
    public String plugin() {
        return "template";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        for (var template : templates) {
            var conditions = template.conditions();
            settings.add(new Setting("zones", Words.join(conditions.zones()), false));
            settings.add(new Setting("type", conditions.type().toString(), false));
            add(settings, "match", conditions.patterns());
            add(settings, "expr", conditions.expressions());
            texts(settings, "answer", template.reply().answer());
            texts(settings, "additional", template.reply().additional());
            texts(settings, "authority", template.reply().authority());
            settings.add(Setting.of("rcode", template.reply().rcode(), Rcode.NOERROR));
            settings.add(new Setting(
                    "fallthrough",
                    conditions.fallthrough().toString(),
                    conditions.fallthrough().zones().isEmpty()));
        }
        return settings;
    }

    private static void add(List<Setting> settings, String name, List<?> values) {
        values.forEach(value -> settings.add(new Setting(name, value.toString(), false)));
    }

    private static void texts(List<Setting> settings, String name, List<TextTemplate> templates) {
        templates.forEach(template -> settings.add(new Setting(name, template.text(), false)));
    }

    @Override
    public Plugin start(Surroundings around) {
        return new TemplatePlugin(templates, new TemplateMetrics(around.metrics()));
    }
}
