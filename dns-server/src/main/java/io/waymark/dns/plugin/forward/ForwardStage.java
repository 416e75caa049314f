package io.waymark.dns.plugin.forward;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.stage.GoDuration;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.listen.BindAddress;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.pipeline.ServerBlock.Traits;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.TraitStage;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// `forward FROM TO…`: questions at or below a zone are put to other servers.
/// @param from      the zone
/// @param except    names at or below these are left to the next stage
/// @param upstreams whom to ask, at least one, in the order of the text
/// @param policy    whom to ask first
/// @param protocol  how to ask
/// @param health    when an upstream counts as down
/// @param limits    what is kept and how much is asked at once
public record ForwardStage(
        DomainName from,
        List<DomainName> except,
        List<Upstream> upstreams,
        Policy policy,
        Protocol protocol,
        Health health,
        Limits limits)
        implements AnsweringStage, TraitStage {
    /// More than this CoreDNS does not take either.
    public static final int UPSTREAMS_MAX = 15;

    private static final int DNS_PORT = 53;

    /// Copies the lists.
    public ForwardStage {
        except = List.copyOf(except);
        upstreams = List.copyOf(upstreams);
        if (upstreams.isEmpty()) {
            throw new IllegalArgumentException("forward has at least one upstream");
        }
    }

    /// A server to ask, or where to find some.
    public sealed interface Upstream {
        /// A server by its address, over UDP and TCP.
        record Server(ListenAddress address) implements Upstream {
            @Override
            public String toString() {
                return address.toString();
            }
        }

        /// The `nameserver` lines of a file in the form of resolv.conf(5), read when the server starts.
        /// @param path as written
        /// @param at   where it is written, for the message if it cannot be read
        record ResolverFile(String path, Position at) implements Upstream {
            @Override
            public String toString() {
                return path;
            }
        }
    }

    /// Whom to ask first; the others follow if that one fails.
    public enum Policy {
        RANDOM,
        ROUND_ROBIN,
        SEQUENTIAL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// How an upstream is asked.
    public enum Protocol {
        /// As the client asked us.
        AS_CLIENT,
        /// `force_tcp`: always over TCP.
        FORCE_TCP,
        /// `prefer_udp`: over UDP first, whatever the client used; over TCP after a truncated answer.
        PREFER_UDP;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// When an upstream counts as down.
    /// @param failsMax   so many failed checks in a row; 0 if it never counts as down
    /// @param interval   between two checks of an upstream that failed; 0 if none is made
    /// @param recursion  whether the check asks for recursion (RD)
    /// @param domain     the check asks for the NS records of this name
    public record Health(int failsMax, Duration interval, boolean recursion, DomainName domain) {
        public static final Health DEFAULT = new Health(2, Duration.ofMillis(500), true, DomainName.ROOT);

        boolean checksLike(Health other) {
            return interval.equals(other.interval) && recursion == other.recursion && domain.equals(other.domain);
        }
    }

    /// What is kept and how much is asked at once.
    /// @param concurrentMax queries under way at once, over which clients get REFUSED; 0 for no bound
    /// @param expire        how long an idle connection is kept
    public record Limits(int concurrentMax, Duration expire) {
        public static final Limits DEFAULT = new Limits(0, Duration.ofSeconds(10));
    }

    @Override
    public String plugin() {
        return "forward";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                new Setting("from", from.toString(), false),
                new Setting("to", Words.join(upstreams), false),
                new Setting("except", except.isEmpty() ? "none" : Words.join(except), except.isEmpty()),
                Setting.of("policy", policy, Policy.RANDOM),
                Setting.of("protocol", protocol, Protocol.AS_CLIENT),
                Setting.of("max_fails", health.failsMax, Health.DEFAULT.failsMax),
                new Setting("health_check", checks(), health.checksLike(Health.DEFAULT)),
                Setting.of("max_concurrent", limits.concurrentMax, Limits.DEFAULT.concurrentMax),
                new Setting("expire", GoDuration.write(limits.expire), limits.expire.equals(Limits.DEFAULT.expire)));
    }

    private String checks() {
        return GoDuration.write(health.interval) + (health.recursion ? "" : " no_rec") + " domain " + health.domain;
    }

    @Override
    public Traits on(Traits traits) {
        return traits.withRecursion();
    }

    @Override
    public Plugin start(Surroundings around) {
        var servers = upstreams.stream()
                .flatMap(upstream -> upstreams(upstream, around))
                .toList();
        var forwarder = new Forwarder(config(), servers, around.nanoTime(), around.random());
        if (health.interval().isPositive()) {
            around.every(health.interval(), forwarder::probe);
        }
        return new ForwardPlugin(from, except, forwarder);
    }

    private ForwardConfig config() {
        return new ForwardConfig(
                switch (policy) {
                    case RANDOM -> ForwardConfig.Policy.RANDOM;
                    case ROUND_ROBIN -> ForwardConfig.Policy.ROUND_ROBIN;
                    case SEQUENTIAL -> ForwardConfig.Policy.SEQUENTIAL;
                },
                switch (protocol) {
                    case AS_CLIENT -> ForwardConfig.Protocol.AS_ASKED;
                    case FORCE_TCP -> ForwardConfig.Protocol.FORCE_TCP;
                    case PREFER_UDP -> ForwardConfig.Protocol.PREFER_UDP;
                },
                new ForwardConfig.Probe(health.interval(), health.recursion(), health.domain()),
                health.failsMax(),
                ForwardConfig.DEFAULT.readTimeout(),
                ForwardConfig.DEFAULT.deadline(),
                limits.concurrentMax() == 0 ? ForwardConfig.CONCURRENT_DEFAULT : limits.concurrentMax());
    }

    private static Stream<io.waymark.dns.plugin.forward.Upstream> upstreams(Upstream upstream, Surroundings around) {
        return switch (upstream) {
            case Upstream.Server(ListenAddress(var address, var port)) -> Stream.of(upstream(address, port, around));
            case Upstream.ResolverFile(var path, var at) ->
                ResolverFile.read(Path.of(path), at.toString()).stream()
                        .map(address -> upstream(address, DNS_PORT, around));
        };
    }

    private static io.waymark.dns.plugin.forward.Upstream upstream(IpAddress address, int port, Surroundings around) {
        return new NetworkUpstream(around.loops(), BindAddress.socketAddress(address, port), around.random());
    }
}
