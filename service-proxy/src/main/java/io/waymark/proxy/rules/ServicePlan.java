package io.waymark.proxy.rules;

import io.waymark.proxy.rules.EndpointChoice.Use;
import io.waymark.proxy.rules.EndpointChoice.Wanted;
import io.waymark.proxy.rules.node.Masquerade;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.TrafficPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The rules of one Service in one family, as if it were alone: with all frontends it asks for.
/// @param rules          one for each of its ports
/// @param createdSeconds the age of its claims on addresses
/// @param notes          what was left out
record ServicePlan(List<ServiceRules> rules, long createdSeconds, Set<RuleNote> notes) {
    /// Of a Service that there is not, or that has no address in the family.
    static final ServicePlan NONE = new ServicePlan(List.of(), 0, Set.of());

    /// What the plans of all Services on a node have in common.
    record Setting(NodeRules rules, NodeFacts facts) {}

    static ServicePlan of(Service service, ServiceTraffic traffic, List<EndpointSlice> slices, Setting setting) {
        return switch (service) {
            case Service.ClusterIp it -> {
                for (var address : it.clusterIps()) {
                    if (address.family() == setting.rules().family()) {
                        yield new Draft(it, address, traffic, slices, setting).plan();
                    }
                }
                yield NONE;
            }
            case Service.Headless it -> NONE;
            case Service.ExternalName it -> NONE;
        };
    }

    /// Whether another plan of the same Service asks for the same destinations with the same right: then
    /// nobody else is touched by the change.
    boolean claimsAs(ServicePlan other) {
        return createdSeconds == other.createdSeconds
                && rules.size() == other.rules.size()
                && frontendsByKey().equals(other.frontendsByKey());
    }

    private Map<ServicePortKey, List<Frontend>> frontendsByKey() {
        return rules.stream().collect(Collectors.toMap(ServiceRules::key, ServiceRules::frontends));
    }

    /// One plan while it is made.
    private static final class Draft {
        private final Service.ClusterIp service;
        private final IpAddress clusterIp;
        private final ServiceTraffic traffic;
        private final List<EndpointSlice> slices;
        private final Setting setting;
        private final List<IpAddress> loadBalancerIps;
        private final List<IpAddress> externalIps;
        private final Set<RuleNote> notes = new LinkedHashSet<>();

        private Draft(
                Service.ClusterIp service,
                IpAddress clusterIp,
                ServiceTraffic traffic,
                List<EndpointSlice> slices,
                Setting setting) {
            this.service = service;
            this.clusterIp = clusterIp;
            this.traffic = traffic;
            this.slices = slices;
            this.setting = setting;
            this.loadBalancerIps = ofFamily(traffic.external().loadBalancerIps());
            this.externalIps = ofFamily(traffic.external().externalIps());
        }

        private List<IpAddress> ofFamily(List<IpAddress> addresses) {
            var ours = new LinkedHashSet<IpAddress>();
            for (var address : addresses) {
                if (address.family() == setting.rules().family()) {
                    ours.add(address);
                }
            }
            return List.copyOf(ours);
        }

        private ServicePlan plan() {
            Map<ServicePortKey, ServicePort> ports = new LinkedHashMap<>();
            for (var port : service.ports()) {
                var key = new ServicePortKey(
                        service.name(),
                        port.name(),
                        port.protocol(),
                        setting.rules().family());
                if (ports.putIfAbsent(key, port) != null) {
                    notes.add(new RuleNote.SameName(key, port.port()));
                }
            }
            Map<ServicePortKey, Collection<Candidate>> candidates = new LinkedHashMap<>();
            ports.keySet().forEach(key -> candidates.put(key, candidates(key)));
            var health = health(candidates.values());
            var rules = new ArrayList<ServiceRules>();
            ports.forEach((key, port) -> rules.add(rules(key, port, candidates.getOrDefault(key, List.of()), health)));
            return new ServicePlan(List.copyOf(rules), traffic.external().createdSeconds(), notes);
        }

        private Collection<Candidate> candidates(ServicePortKey key) {
            return Candidate.of(key, slices, backend -> notes.add(new RuleNote.UnfitBackend(key, backend)));
        }

        private HealthCheck health(Collection<Collection<Candidate>> candidates) {
            if (traffic.healthCheckPort() == 0) {
                return HealthCheck.NONE;
            }
            var ready = new HashSet<IpAddress>();
            for (var ofPort : candidates) {
                ofPort.stream()
                        .filter(it -> it.ready() && EndpointChoice.isOn(setting.facts(), it))
                        .forEach(it -> ready.add(it.backend().address()));
            }
            return new HealthCheck(traffic.healthCheckPort(), ready.size());
        }

        private ServiceRules rules(
                ServicePortKey key, ServicePort port, Collection<Candidate> candidates, HealthCheck health) {
            var frontends = frontends(key, port);
            boolean isExternal = frontends.size() > 1;
            var choice = EndpointChoice.of(candidates, wanted(isExternal), setting.facts());
            return new ServiceRules(
                    key,
                    frontends,
                    internal(choice),
                    isExternal ? external(choice) : new Entry.Absent(),
                    admitted(choice),
                    traffic.affinitySeconds(),
                    choice.cluster(),
                    choice.local(),
                    key.protocol() == Protocol.UDP ? alive(candidates) : List.of(),
                    health);
        }

        private List<Frontend> frontends(ServicePortKey key, ServicePort port) {
            Map<Destination, Frontend> frontends = new LinkedHashMap<>();
            add(frontends, new Frontend.ClusterIp(clusterIp, port.protocol(), port.port()));
            for (var address : fit(key, loadBalancerIps)) {
                add(frontends, new Frontend.LoadBalancerIp(address, port.protocol(), port.port()));
            }
            for (var address : fit(key, externalIps)) {
                add(frontends, new Frontend.ExternalIp(address, port.protocol(), port.port()));
            }
            if (port.nodePort() != 0) {
                add(frontends, new Frontend.NodePort(key.family(), port.protocol(), port.nodePort()));
            }
            var sorted = new ArrayList<>(frontends.values());
            sorted.sort(null);
            return sorted;
        }

        /// An address that a Service has twice is of the lower rank, under the stricter rules.
        private static void add(Map<Destination, Frontend> frontends, Frontend frontend) {
            frontends.putIfAbsent(frontend.destination(), frontend);
        }

        private List<IpAddress> fit(ServicePortKey key, List<IpAddress> addresses) {
            var fit = new ArrayList<IpAddress>();
            for (var address : addresses) {
                if (address.isLoopback() || address.isUnspecified()) {
                    notes.add(new RuleNote.UnfitFrontend(key, address));
                } else {
                    fit.add(address);
                }
            }
            return fit;
        }

        private Wanted wanted(boolean isExternal) {
            boolean cluster = traffic.internalPolicy() == TrafficPolicy.CLUSTER || isExternal;
            boolean local = traffic.internalPolicy() == TrafficPolicy.LOCAL
                    || isExternal && traffic.externalPolicy() == TrafficPolicy.LOCAL;
            return cluster ? local ? Wanted.BOTH : Wanted.CLUSTER : Wanted.LOCAL;
        }

        private Entry internal(EndpointChoice choice) {
            var masquerade = setting.rules().internalMasquerade();
            return switch (choice.use()) {
                case NONE -> new Entry.Refuse();
                case POSSIBLE ->
                    switch (traffic.internalPolicy()) {
                        case CLUSTER -> new Entry.Balance(BackendList.CLUSTER, masquerade);
                        case LOCAL ->
                            choice.local().isEmpty()
                                    ? new Entry.DropAll()
                                    : new Entry.Balance(BackendList.LOCAL, masquerade);
                    };
            };
        }

        private Entry external(EndpointChoice choice) {
            return switch (choice.use()) {
                case NONE -> new Entry.Refuse();
                case POSSIBLE ->
                    switch (traffic.externalPolicy()) {
                        case CLUSTER -> new Entry.Balance(BackendList.CLUSTER, Masquerade.ALWAYS);
                        case LOCAL ->
                            new Entry.KeepSource(choice.local().isEmpty() ? Entry.Local.NONE : Entry.Local.SOME);
                    };
            };
        }

        private AdmittedSources admitted(EndpointChoice choice) {
            if (traffic.external().sourceRanges().isEmpty()) {
                return new AdmittedSources.Everybody();
            }
            var ranges = traffic.external().sourceRanges().stream()
                    .filter(range -> range.family() == setting.rules().family())
                    .toList();
            boolean holdsAll = ranges.stream().anyMatch(range -> range.prefixLength() == 0);
            boolean isLookedAt = setting.rules().form() == RuleConfig.Form.NFTABLES || choice.use() == Use.POSSIBLE;
            if (ranges.isEmpty() || holdsAll || loadBalancerIps.isEmpty() || !isLookedAt) {
                return new AdmittedSources.Everybody();
            }
            return new AdmittedSources.Within(ranges, isNodeIn(ranges) ? loadBalancerIps : List.of());
        }

        private boolean isNodeIn(List<Cidr> ranges) {
            return setting.facts()
                    .primary(setting.rules().family())
                    .filter(address -> ranges.stream().anyMatch(range -> range.contains(address)))
                    .isPresent();
        }

        private static List<Backend> alive(Collection<Candidate> candidates) {
            return Backend.sortedByText(candidates.stream()
                    .filter(it -> it.ready() || it.serving())
                    .map(Candidate::backend)
                    .toList());
        }
    }
}
