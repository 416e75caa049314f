package io.waymark.dns.plugin.loop;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.forward.ForwardPlugin;
import io.waymark.dns.plugin.forward.Forwarder;
import io.waymark.records.name.DomainName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `loop`: upstreams that lead back to this server are found and left out.
public record LoopStage() implements AnsweringStage {
    private static final Duration ROUND = Duration.ofSeconds(1);

    /// Once in a block, without arguments.
    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(0, "loop");
        section.finish();
        return List.of(new LoopStage());
    }

    @Override
    public String plugin() {
        return "loop";
    }

    @Override
    public List<Setting> settings() {
        return List.of();
    }

    @Override
    public Plugin start(Surroundings around) {
        var checks = new ArrayList<LoopCheck>();
        for (var forward : around.allBehind(ForwardPlugin.class)) {
            for (var member : forward.members()) {
                checks.add(check(around, forward, member));
            }
        }
        if (!checks.isEmpty()) {
            around.every(ROUND, () -> checks.forEach(LoopCheck::round));
        }
        return new LoopPlugin(checks);
    }

    private static LoopCheck check(Surroundings around, ForwardPlugin forward, Forwarder.Member member) {
        var zone = deeper(forward.from(), around.zones().getFirst());
        var metrics = around.metrics();
        var check = new LoopCheck(
                member,
                forward.from(),
                zone,
                around.random(),
                metrics.counter(
                                "waymark_loop_detected_total",
                                "How often an upstream was found to lead back to this server.",
                                "zone",
                                "to")
                        .with(forward.from().toString(), member.name()));
        metrics.gauge(
                        "waymark_loop_present",
                        "1 while an upstream is left out because it leads back to this server, else 0.",
                        "zone",
                        "to")
                .set(() -> check.isLooping() ? 1 : 0, forward.from().toString(), member.name());
        return check;
    }

    /// The name that is asked for must both reach the block and be forwarded there.
    private static DomainName deeper(DomainName from, DomainName zone) {
        return Optional.of(from).filter(name -> name.isWithin(zone)).orElse(zone);
    }
}
