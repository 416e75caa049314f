package io.waymark.proxy.nftables.skeleton;

import static io.waymark.proxy.nftables.skeleton.Steps.constant;
import static io.waymark.proxy.nftables.skeleton.Steps.join;

import io.waymark.proxy.netlink.nft.Chain;
import io.waymark.proxy.netlink.nft.Expression;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.netlink.nft.Verdict;
import io.waymark.proxy.rules.node.NodeRules;
import java.util.List;

/// The constant part of one family's table. A packet to a frontend goes from `services` by way of its
/// code to a chain that draws a backend. Only chains of type nat are called by the kernel, so only the
/// first packet of a connection meets any of it, and a refusal or a drop is done at the same place.
public final class Skeleton {
    /// As `nft list tables` shows it.
    public static final String TABLE = "waymark";

    private static final int DESTINATION_PRIORITY = -100;
    private static final int SOURCE_PRIORITY = 100;
    private static final String SERVICES = "services";
    private static final String REFUSE = "refuse";
    private static final String POSTROUTING = "nat-postrouting";

    private final Steps steps;
    private final NodeRules node;

    private Skeleton(NodeRules node) {
        this.node = node;
        steps = new Steps(node);
    }

    /// What a node's rules come to; addresses and ranges are elements, and not part of it.
    public static Skeleton of(NodeRules node) {
        return new Skeleton(node);
    }

    public NfFamily family() {
        return steps.family;
    }

    /// All but what the kernel calls: nothing of it is met by a packet.
    public Structure body() {
        var into = new Structure.Builder();
        into.sets(Maps.of(steps.family));
        into.sets(Maps.Dispatch.all());
        List.of(SERVICES, REFUSE, "extl-a", "extl-n", "fw-a").forEach(into::chain);
        into.rule(REFUSE, "", List.of(new Expression.Reject(steps.family)));
        var picks = picks(into);
        SizeClass.all().forEach(picks::add);
        for (var way : Way.values()) {
            keepSource(way, into);
        }
        firewall(into);
        services(into);
        return into.build();
    }

    /// What the kernel calls. From its commit on packets meet the rules.
    public Structure hooks() {
        var into = new Structure.Builder();
        into.chain(new Chain.Nat("nat-prerouting", Chain.Nat.PREROUTING, DESTINATION_PRIORITY));
        into.chain(new Chain.Nat("nat-output", Chain.Nat.OUTPUT, DESTINATION_PRIORITY));
        into.chain(new Chain.Nat(POSTROUTING, Chain.Nat.POSTROUTING, SOURCE_PRIORITY));
        into.end("nat-prerouting", Verdict.jump(SERVICES));
        into.end("nat-output", Verdict.jump(SERVICES));
        postrouting(into);
        return into.build();
    }

    /// What the first Service with session affinity needs.
    public Structure learning() {
        var into = new Structure.Builder();
        new AffinityChains(steps, picks(into), into).learn();
        return into.build();
    }

    /// What the first Service with this timeout needs, beside [#learning].
    public Structure affinity(int seconds) {
        var into = new Structure.Builder();
        new AffinityChains(steps, picks(into), into).timeout(seconds);
        return into.build();
    }

    private PickChains picks(Structure.Builder into) {
        return new PickChains(steps, node.internalMasquerade(), into);
    }

    private void services(Structure.Builder into) {
        into.rule(
                SERVICES,
                "@frontends(daddr,proto,dport) -> service,kind; @entries -> code; mark stands for these",
                join(steps.find(Way.ADDRESS), steps.dispatch(Maps.Dispatch.TO_A)));
        into.rule(
                SERVICES,
                "node ports",
                join(steps.servesNodePorts(), steps.find(Way.NODE_PORT), steps.dispatch(Maps.Dispatch.TO_N)));
        into.rule(
                SERVICES,
                "undefined port of a cluster IP",
                join(
                        join(steps.targetIn(Maps.CLUSTER_IPS), Steps.toNode(false)),
                        new Expression.Decide(Verdict.goTo(REFUSE))));
        into.rule(
                SERVICES,
                "cluster IP not in use",
                join(
                        join(steps.targetIn(Maps.SERVICE_CIDRS), Steps.toNode(false)),
                        new Expression.Decide(Verdict.DROP)));
        for (var way : Way.values()) {
            for (var dispatch : Maps.Dispatch.external(way)) {
                into.decision(dispatch, Code.DROP, Verdict.DROP);
                into.decision(dispatch, Code.REFUSE, Verdict.goTo(REFUSE));
                into.decision(dispatch, Code.KEEP_SOURCE, Verdict.goTo("extl-" + way.letter));
            }
            into.decision(Maps.Dispatch.keepSource(way), Code.DROP, Verdict.DROP);
        }
        into.decision(Maps.Dispatch.TO_A, Code.FIREWALL, Verdict.goTo("fw-a"));
    }

    /// `externalTrafficPolicy: Local`.
    private void keepSource(Way way, Structure.Builder into) {
        var chain = "extl-" + way.letter;
        var cluster = join(
                steps.find(way),
                List.of(constant(steps.registers.kind(), Kind.RAW_CLUSTER.number())),
                steps.dispatch(Maps.Dispatch.keepSource(way)));
        var fromPod = steps.pod(true);
        if (!fromPod.isEmpty()) {
            into.rule(chain, "pod: whole list, source kept", join(fromPod, cluster));
        }
        into.rule(chain, "process on the node: whole list, masqueraded", join(Steps.fromNode(), steps.mark()));
        into.rule(chain, "", join(Steps.fromNode(), cluster));
        into.rule(
                chain,
                "outside client: local endpoints, source kept",
                join(
                        steps.find(way),
                        List.of(constant(steps.registers.kind(), Kind.RAW_LOCAL.number())),
                        steps.dispatch(Maps.Dispatch.keepSource(way))));
        into.end(chain, Verdict.DROP);
    }

    /// Load balancer addresses with source ranges.
    private void firewall(Structure.Builder into) {
        int kind = steps.registers.kind();
        into.rule(
                "fw-a",
                "source in the ranges",
                join(
                        join(
                                steps.find(Way.ADDRESS),
                                steps.source(kind),
                                new Expression.Member(Maps.LOAD_BALANCER_SOURCES, steps.registers.service())),
                        steps.find(Way.ADDRESS),
                        List.of(constant(kind, Kind.EXTERNAL.number())),
                        steps.dispatch(Maps.Dispatch.FW_A)));
        into.end("fw-a", Verdict.DROP);
    }

    /// An endpoint that reached itself is known by its address being both source and destination;
    /// everybody else who needs it carries the mark, which is taken off here.
    private void postrouting(Structure.Builder into) {
        int first = Registers.FIRST;
        int bit = node.masqueradeMark();
        var none = Octets.ofHost(0);
        into.rule(
                POSTROUTING,
                "endpoint talks to itself",
                List.of(
                        new Expression.ConnectionStatus(first),
                        new Expression.Bitwise(
                                first, first, Octets.ofHost(Expression.ConnectionStatus.DESTINATION_NAT), none),
                        new Expression.Compare(first, false, none),
                        steps.source(first),
                        steps.target(first + steps.registers.words()),
                        new Expression.Member(Maps.HAIRPIN, first),
                        new Expression.Masquerade()));
        into.rule(
                POSTROUTING,
                "",
                List.of(
                        Steps.standIn(first),
                        new Expression.Bitwise(first, first, Octets.ofHost(bit), none),
                        new Expression.Compare(first, true, none),
                        new Expression.Decide(Verdict.RETURN)));
        into.rule(
                POSTROUTING,
                "",
                List.of(
                        Steps.standIn(first),
                        new Expression.Bitwise(first, first, Octets.ofHost(~0), Octets.ofHost(bit)),
                        new Expression.SetMark(first)));
        into.rule(POSTROUTING, "", List.of(new Expression.Masquerade()));
    }
}
