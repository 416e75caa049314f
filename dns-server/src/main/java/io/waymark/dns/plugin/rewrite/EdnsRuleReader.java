package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.plugin.rewrite.EdnsRule.Action;
import io.waymark.records.message.Edns;
import java.util.Map;
import java.util.Optional;

/// Reads what follows `edns0`: `local|nsid|subnet set|append|replace|unset …`.
final class EdnsRuleReader {
    private static final int CLIENT_SUBNET = 8;

    private enum Kind {
        LOCAL,
        NSID,
        SUBNET
    }

    private static final ValueKind<Kind> KIND =
            RuleValues.words(Map.of("local", Kind.LOCAL, "nsid", Kind.NSID, "subnet", Kind.SUBNET));
    private static final ValueKind<Action> ACTION = RuleValues.words(
            Map.of("set", Action.SET, "append", Action.APPEND, "replace", Action.REPLACE, "unset", Action.UNSET));

    private final RuleWords words;

    EdnsRuleReader(RuleWords words) {
        this.words = words;
    }

    Optional<RewriteRule> read() {
        if (!words.has(2, Integer.MAX_VALUE, "local|nsid|subnet set|append|replace|unset …")) {
            return Optional.empty();
        }
        var kind = words.read("edns0", KIND);
        var action = words.read("edns0", ACTION);
        if (kind.isEmpty() || action.isEmpty()) {
            return Optional.empty();
        }
        boolean revert = action.get() != Action.UNSET
                && words.left() > 0
                && words.last().text().equals("revert");
        if (revert) {
            words.dropLast();
        }
        return switch (kind.get()) {
            case LOCAL -> local(action.get(), revert);
            case NSID ->
                words.has(0, 0, "nothing more, or revert")
                        ? Optional.of(rule(action.get(), Edns.NSID, new byte[0], revert))
                        : Optional.empty();
            case SUBNET -> subnet(action.get(), revert);
        };
    }

    private Optional<RewriteRule> local(Action action, boolean revert) {
        if (action == Action.UNSET) {
            return words.has(1, 1, "CODE")
                    ? words.read("edns0", RuleValues.OPTION).map(code -> rule(action, code, new byte[0], false))
                    : Optional.empty();
        }
        if (!words.has(2, 2, "CODE DATA [revert]")) {
            return Optional.empty();
        }
        var code = words.read("edns0", RuleValues.OPTION);
        var word = words.peek().text();
        if (word.startsWith("{") && word.endsWith("}")) {
            return words.read("edns0", RuleValues.VARIABLE)
                    .flatMap(content -> code.map(option -> new EdnsRule(action, option, content, revert)));
        }
        return words.read("edns0", RuleValues.OCTETS)
                .flatMap(octets -> code.map(option -> rule(action, option, octets, revert)));
    }

    private Optional<RewriteRule> subnet(Action action, boolean revert) {
        if (action == Action.UNSET) {
            return words.has(0, 0, "nothing more")
                    ? Optional.of(rule(action, CLIENT_SUBNET, new byte[0], false))
                    : Optional.empty();
        }
        if (!words.has(2, 2, "BITS-IPV4 BITS-IPV6 [revert]")) {
            return Optional.empty();
        }
        var v4 = words.read("edns0 subnet", ValueKind.integer(0, 32));
        var v6 = words.read("edns0 subnet", ValueKind.integer(0, 128));
        return v4.flatMap(four ->
                v6.map(six -> new EdnsRule(action, CLIENT_SUBNET, new OptionContent.Subnet(four, six), revert)));
    }

    private static RewriteRule rule(Action action, int code, byte[] octets, boolean revert) {
        return new EdnsRule(action, code, new OptionContent.Fixed(octets), revert);
    }
}
