package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pattern.GoPattern;
import io.waymark.dns.plugin.rewrite.NameMatches.Kind;
import io.waymark.dns.plugin.rewrite.RewriteRule.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Reads what follows `name`: `[KIND] FROM TO [metadata] [answer auto|name F T|value F T …]`.
final class NameRuleReader {
    private static final String SHAPE = "[exact|prefix|suffix|substring|regex] FROM TO [answer …]";
    private static final int GROUPS_MAX = 100;

    private enum Answer {
        AUTO,
        NAME,
        VALUE
    }

    private static final ValueKind<Answer> ANSWER =
            RuleValues.words(Map.of("auto", Answer.AUTO, "name", Answer.NAME, "value", Answer.VALUE));

    private final RuleWords words;
    private final List<ReplyChange> answers = new ArrayList<>();
    private boolean auto;
    private boolean broken;

    NameRuleReader(RuleWords words) {
        this.words = words;
    }

    Optional<RewriteRule> read() {
        if (!words.has(2, Integer.MAX_VALUE, SHAPE)) {
            return Optional.empty();
        }
        var kind = words.left() == 2 ? Optional.of(Kind.EXACT) : words.read("kind of match", NameMatches.KIND);
        if (kind.isEmpty() || !words.has(2, Integer.MAX_VALUE, "FROM TO")) {
            return Optional.empty();
        }
        var from = words.take();
        var to = words.take();
        boolean metadata = words.left() > 0 && words.peek().text().equals("metadata");
        if (metadata) {
            var word = words.take();
            if (kind.get() != Kind.REGEX) {
                words.problem(word, "metadata goes with regex only; remove it, or write an expression");
                return Optional.empty();
            }
        }
        answers();
        return broken ? Optional.empty() : rule(kind.get(), from, to, metadata);
    }

    private Optional<RewriteRule> rule(Kind kind, Token from, Token to, boolean metadata) {
        var text = NameMatches.normal(from.text());
        var target = NameMatches.normal(to.text());
        return switch (kind) {
            case EXACT -> {
                var asked = words.read("name", from, RuleValues.NAME);
                yield words.read("name", to, RuleValues.NAME)
                        .flatMap(other -> asked.map(name -> new RewriteRule.ExactName(name, other, answers)));
            }
            case PREFIX -> Optional.of(new RewriteRule.PartOfName(new NameMatch.Prefix(text), target, auto, answers));
            case SUFFIX -> Optional.of(suffix(text, target));
            case SUBSTRING ->
                Optional.of(new RewriteRule.PartOfName(new NameMatch.Substring(text), target, auto, answers));
            case REGEX -> {
                var pattern = words.read("regex", from, GoPattern.KIND);
                yield metadata
                        ? pattern.flatMap(found -> ofMetadata(found, to))
                        : pattern.flatMap(found -> ofGroups(found, to));
            }
        };
    }

    // A suffix is put back as a suffix, in any name of the reply.
    private RewriteRule suffix(String from, String to) {
        var all = new ArrayList<ReplyChange>();
        if (auto) {
            all.addAll(RewriteRule.back(new NameMatch.Suffix(to), from));
        }
        all.addAll(answers);
        return new RewriteRule.PartOfName(new NameMatch.Suffix(from), to, false, all);
    }

    private Optional<RewriteRule> ofGroups(GoPattern pattern, Token to) {
        return groupsExist(pattern, to)
                ? Optional.of(new RewriteRule.PartOfName(
                        new NameMatch.Regex(pattern), NameMatches.normal(to.text()), auto, answers))
                : Optional.empty();
    }

    private boolean groupsExist(GoPattern pattern, Token to) {
        int used = 0;
        for (int i = 0; i <= GROUPS_MAX; i++) {
            used += to.text().contains("{" + i + "}") ? 1 : 0;
        }
        if (used > pattern.groupCount()) {
            words.problem(
                    to,
                    to.quoted() + " uses " + used + " groups, and the expression \"" + pattern + "\" has "
                            + pattern.groupCount() + "; put parentheses around what shall be one");
            return false;
        }
        return true;
    }

    private void answers() {
        if (words.left() > 0 && !words.peek().text().equals("answer")) {
            words.problem(words.peek(), "found " + words.peek().quoted() + ", expected answer, or nothing more");
            broken = true;
            return;
        }
        boolean names = false;
        while (words.left() > 0 && !broken) {
            if (words.peek().text().equals("answer")) {
                words.take();
            }
            if (!words.has(1, Integer.MAX_VALUE, "auto, name FROM TO or value FROM TO")) {
                broken = true;
                return;
            }
            var word = words.peek();
            var kind = words.read("answer", ANSWER);
            broken |= kind.isEmpty();
            auto |= kind.equals(Optional.of(Answer.AUTO));
            names |= kind.equals(Optional.of(Answer.NAME));
            kind.filter(what -> what != Answer.AUTO).ifPresent(this::answer);
            if (auto && names) {
                words.problem(word, "answer auto and answer name exclude each other; keep one of them");
                broken = true;
            }
        }
    }

    private void answer(Answer kind) {
        if (!words.has(2, Integer.MAX_VALUE, "FROM TO")) {
            broken = true;
            return;
        }
        var pattern = words.read("answer", GoPattern.KIND);
        var to = words.take();
        if (pattern.isEmpty() || !groupsExist(pattern.get(), to)) {
            broken = true;
            return;
        }
        var change = new NameChange(new NameMatch.Regex(pattern.get()), NameMatches.normal(to.text()));
        answers.add(kind == Answer.NAME ? new ReplyChange.Owners(change) : new ReplyChange.Targets(change));
    }

    private Optional<RewriteRule> ofMetadata(GoPattern pattern, Token to) {
        var parts = new ArrayList<Part>();
        var text = to.text().endsWith(".") ? to.text() : to.text() + ".";
        int at = 0;
        while (at < text.length()) {
            int open = text.indexOf('{', at);
            int literalEnd = open < 0 ? text.length() : open;
            if (literalEnd > at) {
                parts.add(new Part.Literal(text.substring(at, literalEnd).toLowerCase(Locale.ROOT)));
            }
            int close = text.indexOf('}', literalEnd);
            if (text.substring(at, literalEnd).indexOf('}') >= 0 || open >= 0 && close < 0) {
                words.problem(to, to.quoted() + ": a brace has no other; write {1} or {kubernetes/namespace}");
                return Optional.empty();
            }
            if (open < 0) {
                break;
            }
            var part = part(text.substring(open + 1, close), pattern, to);
            if (part.isEmpty()) {
                return Optional.empty();
            }
            parts.add(part.get());
            at = close + 1;
        }
        return Optional.of(new RewriteRule.NameOfMetadata(new NameMatch.Regex(pattern), parts, auto, answers));
    }

    private Optional<Part> part(String text, GoPattern pattern, Token to) {
        if (text.matches("[0-9]{1,4}")) {
            int group = Integer.parseInt(text);
            if (group <= pattern.groupCount()) {
                return Optional.of(new Part.Group(group));
            }
        } else if (RuleValues.isLabel(text) && text.indexOf('{') < 0) {
            return Optional.of(new Part.Label(text));
        }
        words.problem(
                to,
                to.quoted() + ": found \"{" + text + "}\", expected a group from {0} to {" + pattern.groupCount()
                        + "} or a label of metadata such as {kubernetes/namespace}");
        return Optional.empty();
    }
}
