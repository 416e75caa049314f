package io.waymark.dns.plugin.forward;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.dns.plugin.forward.ForwardOptions.Choice;
import io.waymark.dns.plugin.forward.ForwardOptions.Health;
import io.waymark.dns.plugin.forward.ForwardOptions.NextOn;
import io.waymark.dns.plugin.forward.ForwardOptions.Security;
import io.waymark.dns.plugin.forward.ForwardOptions.Travel;
import io.waymark.dns.plugin.forward.target.Target;
import io.waymark.dns.plugin.forward.upstream.StreamLimits;
import io.waymark.records.message.Rcode;
import io.waymark.records.name.DomainName;
import io.waymark.source.document.GoDuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// `forward FROM TO…`: questions at or below a zone are put to other servers.
/// @param from      the zone
/// @param except    names at or below these are left to the next stage, but for `from` itself
/// @param targets   whom to ask, at least one, in the order of the text
/// @param resolvers who is asked for the addresses of targets that are names; the system's if none
/// @param options   how
/// @param at        where it is written, for messages
public record ForwardStage(
        DomainName from,
        List<DomainName> except,
        List<Target> targets,
        List<ListenAddress> resolvers,
        ForwardOptions options,
        Position at)
        implements AnsweringStage, TraitStage {

    /// Copies the lists.
    public ForwardStage {
        except = List.copyOf(except);
        targets = List.copyOf(targets);
        resolvers = List.copyOf(resolvers);
        if (targets.isEmpty()) {
            throw new IllegalArgumentException("forward has at least one upstream");
        }
    }

    @Override
    public String plugin() {
        return "forward";
    }

    @Override
    public List<Setting> settings() {
        var settings = new ArrayList<Setting>();
        settings.add(new Setting("from", from.toString(), false));
        settings.add(new Setting("to", Words.join(targets), false));
        settings.add(list("except", except));
        choice(settings, options.choice());
        travel(settings, options.travel());
        security(settings, options.security());
        settings.add(words("next", options.next().rcodes()));
        settings.add(Setting.of("next_on_nodata", options.next().noData(), false));
        settings.add(list("resolver", resolvers));
        settings.add(
                options.concurrentMax() == 0
                        ? new Setting(
                                "max_concurrent", "none, the oldest of " + Forwarder.UNDER_WAY_MAX + " make room", true)
                        : new Setting("max_concurrent", Integer.toString(options.concurrentMax()), false));
        return settings;
    }

    private void choice(List<Setting> settings, Choice choice) {
        var health = options.health();
        settings.add(Setting.of("policy", choice.policy(), Choice.DEFAULT.policy()));
        settings.add(Setting.of("max_fails", health.failsMax(), Health.DEFAULT.failsMax()));
        settings.add(new Setting(
                "health_check",
                GoDuration.write(health.interval()) + (health.recursion() ? "" : " no_rec") + " domain "
                        + health.domain(),
                health.checksLike(Health.DEFAULT)));
        settings.add(Setting.of("max_connect_attempts", choice.attemptsMax(), Choice.DEFAULT.attemptsMax()));
        settings.add(words("failover", choice.failover()));
        settings.add(Setting.of("failfast_all_unhealthy_upstreams", choice.failFast(), false));
    }

    private static void travel(List<Setting> settings, Travel travel) {
        var streams = travel.streams();
        var usual = StreamLimits.DEFAULT;
        settings.add(Setting.of("protocol", travel.protocol(), Travel.DEFAULT.protocol()));
        settings.add(Setting.of(
                "read_timeout",
                GoDuration.write(travel.readTimeout()),
                GoDuration.write(Travel.DEFAULT.readTimeout())));
        settings.add(Setting.of("expire", GoDuration.write(streams.expire()), GoDuration.write(usual.expire())));
        settings.add(Setting.of("max_age", GoDuration.write(streams.ageMax()), GoDuration.write(usual.ageMax())));
        settings.add(Setting.of("max_idle_conns", streams.idleMax(), usual.idleMax()));
        boolean chosen = travel.source().equals(ListenAddress.ANY);
        settings.add(new Setting(
                "source_address",
                chosen ? "the system's choice" : travel.source().toString(),
                chosen));
    }

    private static void security(List<Setting> settings, Security security) {
        var files = List.of(
                security.files().certificate(),
                security.files().key(),
                security.files().authority());
        boolean none = files.stream().allMatch(String::isEmpty);
        settings.add(new Setting(
                "tls", none ? "the usual authorities" : String.join(" ", files).strip(), none));
        settings.add(new Setting(
                "tls_servername",
                security.serverName().isEmpty() ? "the address" : security.serverName(),
                security.serverName().isEmpty()));
        settings.add(Setting.of("doh_method", security.method(), Security.DEFAULT.method()));
    }

    private static Setting list(String name, List<?> values) {
        return new Setting(name, values.isEmpty() ? "none" : Words.join(values), values.isEmpty());
    }

    private static Setting words(String name, List<Rcode> rcodes) {
        return list(name, rcodes);
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withRecursion();
    }

    @Override
    public Plugin start(Surroundings around) {
        var destinations = new DestinationAssembly(this, around).destinations();
        var forwarder = around.begin(new Forwarder(
                options,
                destinations,
                new ForwardMetrics(around.metrics()),
                (delay, task) -> later(around, delay, task),
                around.nanoTime(),
                around.random()));
        var following = around.behind(ForwardPlugin.class);
        return new ForwardPlugin(from, except, following.isPresent() ? options.next() : NextOn.NOTHING, forwarder);
    }

    private static void later(Surroundings around, Duration delay, Runnable task) {
        var _ = around.loops().next().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
    }
}
