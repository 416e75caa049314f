package io.waymark.dns.plugin.transfer;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.Token;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.dns.plugin.Transferable;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// `transfer [ZONE…] { to ADDRESS…|* }`, any number of times: who may have which zone.
/// @param rules in the order of the text, at least one
public record TransferStage(List<Rule> rules) implements AnsweringStage, TraitStage {
    private static final int PORT = 53;
    private static final ValueKind<IpAddress> SOURCE =
            new ValueKind<>("an IP address of this machine, such as 10.0.0.1", List.of(), IpAddress::parse);
    private static final String RECEIVERS = "* for everybody, or IP addresses, such as 10.240.1.1";

    /// Copies the rules.
    public TransferStage {
        rules = List.copyOf(rules);
    }

    /// Who may have the zones at and below these.
    /// @param source the address that they are notified from; [ListenAddress#ANY] if the system chooses
    public record Rule(List<DomainName> zones, Receivers receivers, IpAddress source) {
        /// Copies the zones.
        public Rule {
            zones = List.copyOf(zones);
        }
    }

    /// Who may have a zone.
    public sealed interface Receivers {
        boolean include(IpAddress client);

        /// `*`
        record Everybody() implements Receivers {
            @Override
            public boolean include(IpAddress client) {
                return true;
            }

            @Override
            public String toString() {
                return "*";
            }
        }

        /// Those with one of these addresses.
        /// @param addresses with the ports at which they are notified
        record Named(Set<ListenAddress> addresses) implements Receivers {
            /// Copies the set.
            public Named {
                addresses = Set.copyOf(addresses);
            }

            @Override
            public boolean include(IpAddress client) {
                return addresses.stream().anyMatch(named -> named.address().equals(client));
            }

            @Override
            public String toString() {
                return new TreeSet<>(addresses)
                        .stream()
                                .map(named ->
                                        named.port() == PORT ? named.address().toString() : named.toString())
                                .collect(Collectors.joining(" "));
            }
        }
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zonesOfBlock, Remarks remarks) {
        var rules = new ArrayList<Rule>();
        for (var line : lines) {
            var section = new Section(line, remarks);
            var zones = section.arguments().isEmpty() ? zonesOfBlock : ZoneText.names(section.arguments(), remarks);
            var words = section.words("to", RECEIVERS);
            if (section.lines("to").isEmpty()) {
                remarks.problem(section.name(), "transfer: nobody is named; add a line: to " + RECEIVERS);
            }
            var source = section.value("source", SOURCE, ListenAddress.ANY);
            section.finish();
            rules.add(new Rule(zones, receivers(words, remarks), source));
        }
        return List.of(new TransferStage(rules));
    }

    private static Receivers receivers(List<Token> words, Remarks remarks) {
        var addresses = new HashSet<ListenAddress>();
        boolean everybody = false;
        for (var word : words) {
            if (word.text().equals("*")) {
                everybody = true;
            } else {
                address(word.text())
                        .ifPresentOrElse(
                                addresses::add,
                                () -> remarks.problem(word, "to: found " + word.quoted() + ", expected " + RECEIVERS));
            }
        }
        return everybody ? new Receivers.Everybody() : new Receivers.Named(addresses);
    }

    /// A port, which notifications are sent to, may follow.
    private static Optional<ListenAddress> address(String text) {
        var plain = IpAddress.parse(text);
        return plain.isPresent() || text.startsWith(":") || text.startsWith("localhost")
                ? plain.map(address -> new ListenAddress(address, PORT))
                : ListenAddress.parse(text);
    }

    @Override
    public String plugin() {
        return "transfer";
    }

    @Override
    public List<Setting> settings() {
        return rules.stream()
                .map(rule -> new Setting(
                        Words.join(rule.zones),
                        "to " + rule.receivers
                                + (rule.source.equals(ListenAddress.ANY) ? "" : " source " + rule.source),
                        false))
                .toList();
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withTransfers();
    }

    @Override
    public Plugin start(Surroundings around) {
        var plugins = around.allBehind(Transferable.class);
        var notifier = new Notifier(rules, new Notification(around.random()));
        plugins.forEach(plugin -> plugin.tellChanges(notifier::changed));
        around.every(Notifier.PERIOD, notifier);
        return new TransferPlugin(rules, plugins);
    }
}
