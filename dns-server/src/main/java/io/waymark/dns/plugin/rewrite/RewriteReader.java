package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.plugin.rewrite.RewriteStage.Line;
import io.waymark.dns.plugin.rewrite.RewriteStage.Mode;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads the lines of `rewrite`.
public final class RewriteReader {
    private static final String SHAPE = "[continue|stop] FIELD FROM TO";
    private static final String TTL_SHAPE = "[exact|prefix|suffix|substring|regex] NAME TTL";
    private static final String RCODE_SHAPE = "[exact|prefix|suffix|substring|regex] NAME CODE CODE";
    private static final String CNAME_SHAPE = "[exact|prefix|suffix|substring|regex] FROM TO";

    private enum Field {
        NAME,
        TTL,
        TYPE,
        CLASS,
        EDNS0,
        CNAME,
        RCODE
    }

    private static final ValueKind<Field> FIELD = RuleValues.words(Map.of(
            "name", Field.NAME,
            "ttl", Field.TTL,
            "type", Field.TYPE,
            "class", Field.CLASS,
            "edns0", Field.EDNS0,
            "cname", Field.CNAME,
            "rcode", Field.RCODE));

    private final RuleWords words;

    private RewriteReader(RuleWords words) {
        this.words = words;
    }

    /// All lines of a block make one stage.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var rules = new ArrayList<Line>();
        for (var line : lines) {
            new RewriteReader(RuleWords.of(line, remarks)).line().ifPresent(rules::add);
        }
        return List.of(new RewriteStage(rules));
    }

    private Optional<Line> line() {
        if (!words.has(1, Integer.MAX_VALUE, SHAPE)) {
            return Optional.empty();
        }
        var first = words.peek().text().toLowerCase(Locale.ROOT);
        boolean named = first.equals("continue") || first.equals("stop");
        if (named) {
            words.take();
            if (!words.has(1, Integer.MAX_VALUE, "FIELD FROM TO")) {
                return Optional.empty();
            }
        }
        var mode = first.equals("continue") ? Mode.CONTINUE : Mode.STOP;
        var text = words.text();
        return words.read("field", FIELD).flatMap(this::rule).map(rule -> new Line(mode, rule, text));
    }

    private Optional<RewriteRule> rule(Field field) {
        return switch (field) {
            case NAME -> new NameRuleReader(words).read();
            case TTL -> ttl();
            case TYPE -> type();
            case CLASS -> ofClass();
            case EDNS0 -> new EdnsRuleReader(words).read();
            case CNAME -> cname();
            case RCODE -> rcode();
        };
    }

    private Optional<RewriteRule> ttl() {
        if (!words.has(2, 3, TTL_SHAPE)) {
            return Optional.empty();
        }
        var match = NameMatches.read(words, words.left() == 3);
        var bounds = words.read("ttl", RuleValues.TTL);
        return match.flatMap(names -> bounds.map(ttl -> new RewriteRule.ReplyOnly(names, ttl)));
    }

    private Optional<RewriteRule> rcode() {
        if (!words.has(3, 4, RCODE_SHAPE)) {
            return Optional.empty();
        }
        var match = NameMatches.read(words, words.left() == 4);
        Optional<Rcode> from = words.read("rcode", RuleValues.RCODE);
        Optional<Rcode> to = words.read("rcode", RuleValues.RCODE);
        return match.flatMap(names ->
                from.flatMap(old -> to.map(code -> new RewriteRule.ReplyOnly(names, new ReplyChange.Code(old, code)))));
    }

    private Optional<RewriteRule> type() {
        if (!words.has(2, 2, "type FROM TO")) {
            return Optional.empty();
        }
        var from = words.read("type", RuleValues.TYPE);
        var to = words.read("type", RuleValues.TYPE);
        return from.flatMap(old -> to.map(type -> new RewriteRule.Type(old, type)));
    }

    private Optional<RewriteRule> ofClass() {
        if (!words.has(2, 2, "class FROM TO")) {
            return Optional.empty();
        }
        var from = words.read("class", RuleValues.CLASS);
        var to = words.read("class", RuleValues.CLASS);
        return from.flatMap(old -> to.map(other -> new RewriteRule.ClassOf(old, other)));
    }

    private Optional<RewriteRule> cname() {
        if (!words.has(2, 3, CNAME_SHAPE)) {
            return Optional.empty();
        }
        boolean kind = words.left() == 3;
        boolean exact = !kind || words.peek().text().equalsIgnoreCase(NameMatches.EXACT);
        // CoreDNS writes a dot behind whole names only: parts of names stay as they are here.
        var match = kind ? NameMatches.readAsWritten(words) : NameMatches.read(words, false);
        var to = words.take().text().toLowerCase(Locale.ROOT);
        var target = exact ? NameMatches.normal(to) : to;
        return match.map(names -> new RewriteRule.CnameTarget(new ReplyChange.Alias(new NameChange(names, target))));
    }
}
