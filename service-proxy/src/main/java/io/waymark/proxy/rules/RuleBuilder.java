package io.waymark.proxy.rules;

import io.waymark.proxy.rules.ServicePlan.Setting;
import io.waymark.proxy.rules.node.NodeFacts;
import io.waymark.proxy.rules.node.NodeRules;
import io.waymark.proxy.rules.node.RuleConfig;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// Follows the cluster's state and keeps the rules of one family. A change of a Service or of one of
/// its slices costs what that Service costs; only a change of the node costs as much as all.
///
/// Confined to the thread of the source. Begins with no rules; [#begin] brings what the state has
/// once it is synced, [#changed] each change from then on.
public final class RuleBuilder {
    private final RuleConfig config;
    private final IpFamily family;
    private final Map<NamespacedName, ServicePlan> plans = new HashMap<>();
    private final Map<ServicePortKey, ServiceRules> rules = new HashMap<>();
    private final Map<ServicePortKey, Set<RuleNote>> notes = new HashMap<>();
    private final Claims claims = new Claims();
    private Setting setting;

    public RuleBuilder(RuleConfig config, NodeFacts facts, IpFamily family) {
        this.config = config;
        this.family = family;
        this.setting = new Setting(NodeRules.of(config, facts, List.of(), family), facts);
    }

    /// All that holds now: a copy, O(cluster).
    public RuleSet rules() {
        return new RuleSet(setting.rules(), rules.values());
    }

    /// All that is left out now, sorted by Service port.
    public List<RuleNote> notes() {
        return new TreeSet<>(notes.keySet())
                .stream()
                        .flatMap(key -> notes.getOrDefault(key, Set.of()).stream())
                        .toList();
    }

    /// Makes the rules of a state where there are none yet: as [#rebuild], without saying what changed.
    /// @return all that holds
    public RuleSet begin(ClusterState state, NodeFacts facts) {
        setting = new Setting(NodeRules.of(config, facts, state.serviceCidrs(), family), facts);
        for (var service : state.services()) {
            var plan = plan(state, service.name());
            if (!plan.rules().isEmpty()) {
                plans.put(service.name(), plan);
                claims.add(plan);
            }
        }
        for (var plan : plans.values()) {
            for (var planned : plan.rules()) {
                settle(planned, plan.notes());
            }
        }
        return rules();
    }

    private void settle(ServiceRules planned, Set<RuleNote> found) {
        var key = planned.key();
        var left = new LinkedHashSet<RuleNote>();
        for (var note : found) {
            if (note.key().equals(key)) {
                left.add(note);
            }
        }
        rules.put(key, lessTaken(planned, left));
        if (!left.isEmpty()) {
            notes.put(key, left);
        }
    }

    /// Brings the rules to a state, whatever they were: when the node changed.
    public RuleChanges rebuild(ClusterState state, NodeFacts facts) {
        var before = setting.rules();
        setting = new Setting(NodeRules.of(config, facts, state.serviceCidrs(), family), facts);
        var services = new HashSet<>(plans.keySet());
        state.services().forEach(service -> services.add(service.name()));
        return refresh(state, services, before);
    }

    /// Follows a change of the addresses on this host's interfaces, at no cost of any Service.
    public RuleChanges relocate(List<IpAddress> localAddresses) {
        var before = setting.rules();
        var facts = setting.facts().relocated(localAddresses);
        setting = new Setting(before.with(config, facts), facts);
        return new RuleChanges(before, setting.rules(), List.of(), List.of());
    }

    /// Follows a change that the state has made.
    public RuleChanges changed(ClusterState state, ClusterChange change) {
        var before = setting.rules();
        return switch (change) {
            case ClusterChange.OfService of -> refresh(state, Set.of(of.name()), before);
            case ClusterChange.OfSlice of -> {
                var services = new HashSet<NamespacedName>();
                of.before().map(EndpointSlice::serviceName).ifPresent(services::add);
                of.after().map(EndpointSlice::serviceName).ifPresent(services::add);
                yield refresh(state, services, before);
            }
            case ClusterChange.OfServiceCidr of -> {
                var facts = setting.facts();
                setting = new Setting(NodeRules.of(config, facts, state.serviceCidrs(), family), facts);
                yield refresh(state, Set.of(), before);
            }
            // A Node is not yet facts: those hold what the kernel says too.
            case ClusterChange.OfNode of -> refresh(state, Set.of(), before);
            case ClusterChange.OfNamespace of -> refresh(state, Set.of(), before);
            case ClusterChange.OfPod of -> refresh(state, Set.of(), before);
        };
    }

    private RuleChanges refresh(ClusterState state, Set<NamespacedName> services, NodeRules nodeBefore) {
        var touched = new TreeSet<ServicePortKey>();
        for (var service : services) {
            replan(service, plan(state, service), touched);
        }
        var deltas = new ArrayList<RuleDelta>();
        var found = new ArrayList<RuleNote>();
        for (var key : touched) {
            settle(key, deltas, found);
        }
        return new RuleChanges(nodeBefore, setting.rules(), deltas, found);
    }

    private ServicePlan plan(ClusterState state, NamespacedName name) {
        Optional<Service> service = state.service(name);
        return service.map(it -> ServicePlan.of(it, state.traffic(name), state.slicesOf(name), setting))
                .orElse(ServicePlan.NONE);
    }

    private void replan(NamespacedName service, ServicePlan after, SortedSet<ServicePortKey> touched) {
        var before = after.rules().isEmpty() ? plans.remove(service) : plans.put(service, after);
        var known = before == null ? ServicePlan.NONE : before;
        known.rules().forEach(it -> touched.add(it.key()));
        after.rules().forEach(it -> touched.add(it.key()));
        if (!known.claimsAs(after)) {
            claims.replace(known, after, touched);
        }
    }

    /// Brings one port to what its plan says, less what others have the better claim on.
    private void settle(ServicePortKey key, List<RuleDelta> deltas, List<RuleNote> found) {
        var plan = plans.getOrDefault(key.service(), ServicePlan.NONE);
        var left = new LinkedHashSet<RuleNote>();
        plan.notes().stream().filter(note -> note.key().equals(key)).forEach(left::add);
        var after = plan.rules().stream()
                .filter(it -> it.key().equals(key))
                .findFirst()
                .map(it -> lessTaken(it, left));
        var before = Optional.ofNullable(after.isPresent() ? rules.put(key, after.get()) : rules.remove(key));
        if (!before.equals(after)) {
            deltas.add(new RuleDelta(key, before, after));
        }
        var known = Optional.ofNullable(left.isEmpty() ? notes.remove(key) : notes.put(key, left))
                .orElse(Set.of());
        left.stream().filter(note -> !known.contains(note)).forEach(found::add);
    }

    private ServiceRules lessTaken(ServiceRules planned, Set<RuleNote> left) {
        var own = new ArrayList<Frontend>();
        for (var frontend : planned.frontends()) {
            claims.takenBy(frontend.destination(), planned.key())
                    .ifPresentOrElse(
                            winner -> left.add(new RuleNote.Taken(planned.key(), frontend, winner)),
                            () -> own.add(frontend));
        }
        return own.size() == planned.frontends().size() ? planned : planned.withFrontends(own);
    }
}
