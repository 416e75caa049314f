package io.waymark.dns.plugin.loadbalance;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.address.Cidr;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;

/// `loadbalance [round_robin | weighted FILE { reload TIME }] { prefer CIDR… }`: addresses are answered in
/// changing order.
/// @param policy which of them comes first
/// @param prefer addresses in these come before others, those in the first before those in the second
public record LoadbalanceStage(Policy policy, List<Cidr> prefer) implements AnsweringStage {
    public static final LoadbalanceStage DEFAULT = new LoadbalanceStage(new Policy.RoundRobin(), List.of());

    private static final Duration RELOAD = Duration.ofSeconds(30);
    private static final List<String> POLICIES = List.of("round_robin", "weighted");
    private static final ValueKind<String> POLICY = new ValueKind<>(
            "round_robin, or weighted and the path of a file",
            POLICIES,
            text -> Optional.of(text).filter(POLICIES::contains));
    private static final ValueKind<Cidr> PREFIX =
            new ValueKind<>("a prefix, such as 10.0.0.0/8 or fd00::/8", List.of(), Cidr::parse);

    /// Copies the prefixes.
    public LoadbalanceStage {
        prefer = List.copyOf(prefer);
    }

    /// Which address comes first.
    public sealed interface Policy {
        /// Any, by chance: CoreDNS' word for it.
        record RoundRobin() implements Policy {
            @Override
            public String toString() {
                return "round_robin";
            }
        }

        /// The more often, the more it weighs.
        /// @param file   names, addresses and weights
        /// @param reload how often the file is read; 0 for once
        record Weighted(Path file, Duration reload) implements Policy {
            @Override
            public String toString() {
                return "weighted " + file + " " + GoDuration.write(reload);
            }
        }
    }

    /// The last line of a block decides about the policy; preferences add up, as for CoreDNS.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var prefer = new ArrayList<Cidr>();
        var policy = DEFAULT.policy;
        for (var line : lines) {
            var section = new Section(line, remarks);
            policy = policy(section);
            if (policy instanceof Policy.RoundRobin) {
                for (var word : section.words("prefer", PREFIX.expected())) {
                    section.read("prefer", word, PREFIX).ifPresent(prefer::add);
                }
            }
            section.finish();
        }
        return List.of(new LoadbalanceStage(policy, prefer));
    }

    private static Policy policy(Section section) {
        var words = section.arguments();
        var policy = words.isEmpty()
                ? "round_robin"
                : section.read("loadbalance", words.getFirst(), POLICY).orElse("round_robin");
        if (policy.equals("round_robin")) {
            section.argumentsMax(1, "loadbalance round_robin");
            return DEFAULT.policy;
        }
        section.argumentsMax(2, "loadbalance weighted FILE");
        var reload = section.value("reload", ValueKind.TIME, RELOAD);
        if (words.size() < 2) {
            section.remarks()
                    .problem(words.getFirst(), "loadbalance: weighted has no value; expected the path of a file");
            return DEFAULT.policy;
        }
        return new Policy.Weighted(Path.of(words.get(1).text()), reload);
    }

    @Override
    public String plugin() {
        return "loadbalance";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.of("policy", policy, DEFAULT.policy), Setting.of("prefer", Words.join(prefer), ""));
    }

    @Override
    public Plugin start(Surroundings around) {
        // No secret depends on the order; this one is for all threads, without a lock.
        IntUnaryOperator below = bound -> ThreadLocalRandom.current().nextInt(bound);
        return new LoadbalancePlugin(
                switch (policy) {
                    case Policy.RoundRobin byChance -> new ShuffledRecords(below);
                    case Policy.Weighted(var file, var reload) -> {
                        var weights = new WeightFile(file);
                        weights.read();
                        if (!reload.isZero()) {
                            around.every(reload, weights::read);
                        }
                        yield new WeightedFirst(weights::weights, below);
                    }
                },
                new PreferredFirst(prefer));
    }
}
