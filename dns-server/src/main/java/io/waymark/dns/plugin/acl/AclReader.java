package io.waymark.dns.plugin.acl;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.plugin.acl.AclStage.Action;
import io.waymark.dns.plugin.acl.AclStage.Policy;
import io.waymark.dns.plugin.acl.AclStage.Rule;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Reads the lines of `acl`; the order of the policies counts, so it does not go by option.
public final class AclReader {
    private static final String ANYTHING = "*";
    private static final ValueKind<Action> ACTION = ValueKind.oneOf(Action.values(), '_');
    private static final ValueKind<RecordType> TYPE =
            new ValueKind<>("a type of records, such as AAAA, or * for all", List.of(), RecordType::parse);
    private static final ValueKind<Cidr> NET = new ValueKind<>(
            "an address or a prefix, such as 10.0.0.0/8 or fd00::1, or * for all", List.of(), AclReader::net);

    private final Section section;
    private final Remarks remarks;

    private AclReader(Section section, Remarks remarks) {
        this.section = section;
        this.remarks = remarks;
    }

    /// The lines of a block make one stage, in their order.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            var reader = new AclReader(new Section(line, remarks), remarks);
            var scope = line.arguments().isEmpty() ? zones : ZoneText.names(line.arguments(), remarks);
            rules.add(new Rule(scope, reader.policies(line)));
        }
        return List.of(new AclStage(rules));
    }

    private List<Policy> policies(Directive acl) {
        var policies = new ArrayList<Policy>();
        for (var line : acl.block()) {
            section.read("acl", lowerCase(line.name()), ACTION).ifPresent(action -> policies.add(policy(action, line)));
            for (var inner : line.block()) {
                remarks.problem(inner.name(), "acl: a policy has no block; remove the braces");
            }
        }
        return policies;
    }

    private Policy policy(Action action, Directive line) {
        var types = new HashSet<RecordType>();
        var nets = new ArrayList<Cidr>();
        var words = line.arguments();
        if (!words.isEmpty() && !isSection(words.getFirst())) {
            refuse(words.getFirst());
        }
        for (int i = 0; i < words.size(); i++) {
            if (isSection(words.get(i))) {
                var values = values(words.subList(i + 1, words.size()));
                switch (lowerCase(words.get(i)).text()) {
                    case "type" -> types(words.get(i), values, types);
                    default -> nets(words.get(i), values, nets);
                }
            }
        }
        return new Policy(action, types, nets);
    }

    private void types(Token name, List<Token> values, Set<RecordType> types) {
        needed(name, values);
        if (values.stream().noneMatch(word -> word.text().equals(ANYTHING))) {
            values.forEach(word -> section.read("type", word, TYPE).ifPresent(types::add));
        }
    }

    private void nets(Token name, List<Token> values, List<Cidr> nets) {
        needed(name, values);
        if (values.stream().noneMatch(word -> word.text().equals(ANYTHING))) {
            values.forEach(word -> section.read("net", word, NET).ifPresent(nets::add));
        }
    }

    private void needed(Token name, List<Token> values) {
        if (values.isEmpty()) {
            remarks.problem(
                    name,
                    name.text() + " has no value; expected "
                            + (lowerCase(name).text().equals("type") ? TYPE : NET).expected());
        }
    }

    private void refuse(Token word) {
        remarks.problem(
                word, "acl: found " + word.quoted() + ", expected type or net, such as \"block net 10.0.0.0/8\"");
    }

    private static List<Token> values(List<Token> words) {
        return words.stream().takeWhile(word -> !isSection(word)).toList();
    }

    private static boolean isSection(Token word) {
        return word.text().equalsIgnoreCase("type") || word.text().equalsIgnoreCase("net");
    }

    private static Token lowerCase(Token word) {
        return new Token(word.text().toLowerCase(Locale.ROOT), word.form(), word.at(), word.startsLine());
    }

    private static Optional<Cidr> net(String text) {
        return text.contains("/")
                ? Cidr.parse(text)
                : IpAddress.parse(text).map(address -> new Cidr(address, address instanceof IpAddress.V4 ? 32 : 128));
    }
}
