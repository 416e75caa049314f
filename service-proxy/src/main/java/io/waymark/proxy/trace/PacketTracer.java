package io.waymark.proxy.trace;

import io.waymark.proxy.rules.Action;
import io.waymark.proxy.rules.AdmittedSources;
import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.Destination;
import io.waymark.proxy.rules.Frontend;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.RuleSet.Owner;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.proxy.rules.node.ClientKind;
import io.waymark.proxy.rules.node.Masquerade;
import io.waymark.proxy.rules.node.PodDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Walks one packet through the rules of its family.
public final class PacketTracer {
    private final RuleSet rules;
    private final Packet packet;
    private final List<Step> steps = new ArrayList<>();

    private PacketTracer(RuleSet rules, Packet packet) {
        this.rules = rules;
        this.packet = packet;
    }

    /// What becomes of the packet. Throws if the rules are of the other family.
    public static Trace trace(RuleSet rules, Packet packet) {
        if (packet.to().family() != rules.node().family()) {
            throw new IllegalArgumentException(
                    packet + " through the rules of " + rules.node().family());
        }
        var tracer = new PacketTracer(rules, packet);
        var verdict = tracer.verdict();
        return new Trace(packet, verdict, tracer.steps);
    }

    private Verdict verdict() {
        return byAddress().or(this::byNodePort).map(this::atFrontend).orElseGet(this::unowned);
    }

    private Optional<Owner> byAddress() {
        var destination = new Destination.Address(packet.to(), packet.protocol(), packet.toPort());
        var owner = rules.owner(destination);
        note(
                Step.Name.FRONTEND,
                owner.map(it -> destination + " is the " + kind(it.frontend()) + " of "
                                + it.rules().key().text())
                        .orElse(destination + " is no Service's"));
        return owner;
    }

    private Optional<Owner> byNodePort() {
        if (!rules.node().servesNodePorts(packet.to())) {
            note(Step.Name.NODE_PORT, packet.to() + " serves no node ports");
            return Optional.empty();
        }
        var destination = new Destination.AnyNodeAddress(packet.to().family(), packet.protocol(), packet.toPort());
        var owner = rules.owner(destination);
        note(
                Step.Name.NODE_PORT,
                destination
                        + owner.map(it -> " is of " + it.rules().key().text()).orElse(" is no Service's"));
        return owner;
    }

    private static String kind(Frontend frontend) {
        return switch (frontend) {
            case Frontend.ClusterIp it -> "cluster IP";
            case Frontend.LoadBalancerIp it -> "load balancer IP";
            case Frontend.ExternalIp it -> "external IP";
            case Frontend.NodePort it -> "node port";
        };
    }

    private Verdict unowned() {
        return switch (rules.node().form()) {
            case IPTABLES -> pass();
            case NFTABLES -> guarded();
        };
    }

    private Verdict guarded() {
        if (rules.node().isLocal(packet.to())) {
            return pass();
        }
        if (rules.isClusterIp(packet.to())) {
            note(Step.Name.CLUSTER_IP_GUARD, packet.to() + " is a cluster IP, but not on this port");
            return new Verdict.Reject();
        }
        var cidr = rules.node().serviceCidrs().stream()
                .filter(it -> it.contains(packet.to()))
                .findFirst();
        if (cidr.isPresent()) {
            note(Step.Name.CLUSTER_IP_GUARD, packet.to() + " is in " + cidr.get() + ", but of no Service");
            return new Verdict.Drop();
        }
        return pass();
    }

    /// Whoever sets the mark asks for masquerading, of packets that are not ours too.
    private Verdict pass() {
        return new Verdict.Pass(isMarked() ? masqueraded("it came with the mark") : SourceAddress.KEPT);
    }

    private boolean isMarked() {
        return (packet.mark() & rules.node().masqueradeMark()) != 0;
    }

    private SourceAddress masqueraded(String why) {
        note(Step.Name.MASQUERADE, why);
        return SourceAddress.MASQUERADED;
    }

    private Verdict atFrontend(Owner owner) {
        var service = owner.rules();
        if (!isAdmitted(service.admitted(owner.frontend()))) {
            return new Verdict.Drop();
        }
        var client = client();
        var entry = service.entry(owner.frontend());
        return switch (entry.action(client)) {
            case Action.Reject reject -> {
                note(Step.Name.ENTRY, "no node has an endpoint");
                yield new Verdict.Reject();
            }
            case Action.Drop drop -> {
                note(Step.Name.ENTRY, "the policy is Local, and this node has no endpoint");
                yield new Verdict.Drop();
            }
            case Action.Dnat(var list, var masquerade) -> dnat(service, list, masquerade);
        };
    }

    private boolean isAdmitted(AdmittedSources admitted) {
        return switch (admitted) {
            case AdmittedSources.Everybody all -> true;
            case AdmittedSources.Within(var ranges, var addresses) -> {
                boolean is = admitted.admits(packet.from());
                note(
                        Step.Name.SOURCE_RANGES,
                        packet.from() + (is ? " is" : " is not") + " among " + ranges
                                + (addresses.isEmpty() ? "" : " and " + addresses));
                yield is;
            }
        };
    }

    private ClientKind client() {
        var client = rules.node().client(packet.from(), packet.arrival().device());
        note(
                Step.Name.CLIENT,
                packet.from()
                        + switch (client) {
                            case POD -> " is a Pod: " + how(rules.node().pods());
                            case NODE -> " is this node's";
                            case OUTSIDE -> " is neither a Pod's that is told from others, nor this node's";
                        });
        return client;
    }

    private static String how(PodDetector detector) {
        return switch (detector) {
            case PodDetector.SourceIn(var cidr) -> "it is in " + cidr;
            case PodDetector.ArrivesBy(var device) -> "it comes through " + device;
            case PodDetector.ArrivesByAny(var prefix) -> "it comes through " + prefix + "*";
            case PodDetector.Nobody it -> "nobody is";
        };
    }

    private Verdict dnat(ServiceRules service, BackendList list, Masquerade masquerade) {
        var backends = service.backends(list);
        note(
                Step.Name.ENTRY,
                "one of " + backends.size()
                        + switch (list) {
                            case CLUSTER -> " of the cluster";
                            case LOCAL -> " on this node";
                        });
        if (service.affinitySeconds() > 0) {
            note(Step.Name.AFFINITY, "the same for " + service.affinitySeconds() + " s");
        }
        var others = masquerade == Masquerade.ALWAYS
                ? masqueraded("so that replies come back through this node")
                : isMarked() ? masqueraded("it came with the mark") : SourceAddress.KEPT;
        var targets = new ArrayList<Verdict.Target>();
        for (var backend : backends) {
            targets.add(new Verdict.Target(backend, source(backend, others)));
        }
        return new Verdict.Dnat(service.key(), targets, service.affinitySeconds());
    }

    private SourceAddress source(Backend backend, SourceAddress others) {
        return others == SourceAddress.KEPT && backend.address().equals(packet.from())
                ? masqueraded(backend + " would be sent to itself")
                : others;
    }

    private void note(Step.Name name, String reason) {
        steps.add(new Step(name, reason));
    }
}
