package io.waymark.dns.plugin.template;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Fallthrough;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.expression.Expression;
import io.waymark.dns.expression.Function;
import io.waymark.dns.expression.Kind;
import io.waymark.dns.expression.Value;
import io.waymark.dns.expression.Vocabulary;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.dns.plugin.ExpressionWords;
import io.waymark.dns.plugin.template.Template.Conditions;
import io.waymark.dns.plugin.template.Template.Variable;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads the lines of `template`.
public final class TemplateReader {
    /// The code of the option Extended DNS Error (RFC 8914 §2).
    private static final int EXTENDED_ERROR = 15;

    private static final Map<String, Integer> CLASSES =
            Map.of("IN", 1, "CS", 2, "CH", 3, "HS", 4, "NONE", 254, "ANY", 255);
    private static final ValueKind<Integer> CLASS = new ValueKind<>(
            "a class: IN, CS, CH, HS, NONE or ANY",
            List.copyOf(CLASSES.keySet()),
            text -> Optional.ofNullable(CLASSES.get(text)));
    private static final ValueKind<RecordType> TYPE =
            new ValueKind<>("a type of records, such as A, or ANY", List.of(), RecordType::parse);
    private static final ValueKind<Rcode> RCODE =
            new ValueKind<>("a response code, such as NXDOMAIN", List.of(), Rcode::parse);
    private static final ValueKind<String> NAME = new ValueKind<>(
            "a name of letters, digits and _",
            List.of(),
            text -> Optional.of(text).filter(name -> name.matches("[a-zA-Z_][a-zA-Z0-9_]*")));
    private static final Vocabulary WORDS = Vocabulary.QUERY.with(
            "group",
            new Function(
                    Kind.TEXT,
                    List.of(Kind.ANY),
                    (facts, arguments) -> new Value.Text(
                            facts.groups().getOrDefault(arguments.getFirst().toString(), ""))));

    private final Section section;
    private final Remarks remarks;
    private final List<DomainName> blockZones;
    private Vocabulary vocabulary = WORDS;

    private TemplateReader(Directive line, List<DomainName> blockZones, Remarks remarks) {
        this.section = new Section(line, remarks);
        this.remarks = remarks;
        this.blockZones = blockZones;
    }

    /// All lines of a block make one stage.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var templates = new ArrayList<Template>();
        lines.forEach(
                line -> new TemplateReader(line, zones, remarks).template().ifPresent(templates::add));
        return List.of(new TemplateStage(templates));
    }

    static String className(int code) {
        return CLASSES.entrySet().stream()
                .filter(known -> known.getValue() == code)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
    }

    private Optional<Template> template() {
        var words = section.arguments();
        if (words.size() < 2) {
            remarks.problem(
                    section.name(), "template: expected template CLASS TYPE [ZONE…], such as \"template IN A\"");
            return Optional.empty();
        }
        var recordClass = section.read("template", words.get(0), CLASS);
        var type = section.read("template", words.get(1), TYPE);
        var zones = ZoneText.names(words.subList(2, words.size()), remarks);
        var patterns = section.words("match", "regular expressions").stream()
                .flatMap(word -> section.read("match", word, GoPattern.KIND).stream())
                .toList();
        var variables = variables();
        var expressions = section.lines("expr").stream()
                .flatMap(line -> ExpressionWords.read(line, line.arguments(), vocabulary, remarks).stream())
                .toList();
        var reply = new Template.Reply(
                texts("answer"),
                texts("additional"),
                texts("authority"),
                section.value("rcode", RCODE, Rcode.NOERROR),
                extendedError());
        var fallthrough = fallthrough();
        section.relic("upstream");
        section.finish();
        return recordClass.flatMap(known -> type.map(asked -> new Template(
                new Conditions(
                        known,
                        asked,
                        zones.isEmpty() ? blockZones : zones,
                        patterns,
                        variables,
                        expressions,
                        fallthrough),
                reply)));
    }

    /// Each may use those before it.
    private List<Variable> variables() {
        var variables = new ArrayList<Variable>();
        for (var line : section.lines("var")) {
            var words = line.arguments();
            if (words.size() < 2) {
                remarks.problem(line.name(), "var: expected var NAME EXPRESSION");
                continue;
            }
            var name = section.read("var", words.getFirst(), NAME);
            if (name.isPresent() && vocabulary.functions().containsKey(name.get())) {
                remarks.problem(
                        words.getFirst(), "var: " + words.getFirst().quoted() + " is a function; take another name");
            }
            var expression = ExpressionWords.read(line, words.subList(1, words.size()), vocabulary, remarks);
            if (name.isPresent() && expression.isPresent()) {
                Expression known = expression.get();
                variables.add(new Variable(name.get(), known));
                vocabulary = vocabulary.withVariable(name.get(), known.kind());
            }
        }
        return variables;
    }

    private List<TextTemplate> texts(String option) {
        var templates = new ArrayList<TextTemplate>();
        for (var word : section.words(option, "a record, such as \"{{ .Name }} 60 IN A 10.0.0.1\"")) {
            switch (TextTemplateReader.read(word.text())) {
                case TextTemplateRead.Read(var template) -> templates.add(template);
                case TextTemplateRead.Refused(int at, var why) -> refuse(option, word, at, why);
            }
        }
        return templates;
    }

    private void refuse(String option, Token word, int at, String why) {
        boolean quoted = word.form() == Token.Form.QUOTED;
        var position = new io.waymark.dns.corefile.Position(
                word.at().file(), word.at().line(), word.at().column() + (quoted ? 1 : 0) + at);
        var hint = quoted ? "" : "; a record stands between quotes";
        remarks.problem(position, option + ": " + why + hint);
    }

    private List<Edns.Option> extendedError() {
        var options = new ArrayList<Edns.Option>();
        for (var line : section.onlyOnce("ederror")) {
            var words = line.arguments();
            if (words.isEmpty() || words.size() > 2) {
                remarks.problem(line.name(), "ederror: expected ederror CODE [REASON], such as ederror 15 \"blocked\"");
                continue;
            }
            var reason = words.size() == 2 ? words.get(1).text() : "";
            section.read("ederror", words.getFirst(), ValueKind.integer(0, 0xffff))
                    .ifPresent(code -> {
                        var text = reason.getBytes(StandardCharsets.UTF_8);
                        var octets = new byte[2 + text.length];
                        octets[0] = (byte) (code >>> 8);
                        octets[1] = (byte) code.intValue();
                        System.arraycopy(text, 0, octets, 2, text.length);
                        options.clear();
                        options.add(new Edns.Option(EXTENDED_ERROR, octets));
                    });
        }
        return options;
    }

    private Fallthrough fallthrough() {
        var lines = section.onlyOnce("fallthrough");
        if (lines.isEmpty()) {
            return Fallthrough.NONE;
        }
        var zones = ZoneText.names(lines.getLast().arguments(), remarks);
        return lines.getLast().arguments().isEmpty() ? Fallthrough.ALL : new Fallthrough(zones);
    }
}
