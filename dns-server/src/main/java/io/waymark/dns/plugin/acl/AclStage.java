package io.waymark.dns.plugin.acl;

import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// `acl [ZONE…] { ACTION [type QTYPE…] [net PREFIX…] }`: which queries are answered.
/// @param rules in the order of the text
public record AclStage(List<Rule> rules) implements AnsweringStage {

    /// Copies the rules.
    public AclStage {
        rules = List.copyOf(rules);
    }

    /// What holds for names at or below some zones: the first policy that matches decides; if none
    /// does, the next rule.
    public record Rule(List<DomainName> zones, List<Policy> policies) {
        /// Copies the lists.
        public Rule {
            zones = List.copyOf(zones);
            policies = List.copyOf(policies);
        }

        /// The zone that holds the name: the longest.
        Optional<DomainName> zone(DomainName name) {
            Optional<DomainName> longest = Optional.empty();
            for (var zone : zones) {
                if (name.isWithin(zone)
                        && (longest.isEmpty()
                                || zone.labelCount() > longest.get().labelCount())) {
                    longest = Optional.of(zone);
                }
            }
            return longest;
        }
    }

    /// What becomes of some queries.
    /// @param types empty for all
    /// @param nets  where they come from; empty for anywhere
    public record Policy(Action action, Set<RecordType> types, List<Cidr> nets) {
        /// Copies both.
        public Policy {
            types = Set.copyOf(types);
            nets = List.copyOf(nets);
        }

        boolean matches(RecordType type, IpAddress client) {
            return (types.isEmpty() || types.contains(type)) && (nets.isEmpty() || contains(client));
        }

        private boolean contains(IpAddress client) {
            for (var net : nets) {
                if (net.contains(client)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String toString() {
            var sorted = types.stream().map(RecordType::toString).sorted().toList();
            return Words.lowerCase(action)
                    + (types.isEmpty() ? "" : " type " + String.join(" ", sorted))
                    + (nets.isEmpty() ? "" : " net " + Words.join(nets));
        }
    }

    /// What can become of a query.
    public enum Action {
        /// It is answered.
        ALLOW,
        /// REFUSED, with the extended error Blocked (RFC 8914 §4.16).
        BLOCK,
        /// NOERROR without records, with the extended error Filtered (RFC 8914 §4.18).
        FILTER,
        /// No reply.
        DROP
    }

    @Override
    public String plugin() {
        return "acl";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        for (var rule : rules) {
            var policies = rule.policies().stream().map(Policy::toString).collect(Collectors.joining(", "));
            settings.add(new Setting(Words.join(rule.zones()), policies, false));
        }
        return settings;
    }

    @Override
    public Plugin start(Surroundings around) {
        return new AclPlugin(rules, around.view(), around.metrics());
    }
}
