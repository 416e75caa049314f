package io.waymark.proxy.nftables.skeleton;

import static io.waymark.proxy.nftables.skeleton.Steps.constant;
import static io.waymark.proxy.nftables.skeleton.Steps.join;
import static io.waymark.proxy.nftables.skeleton.Steps.standIn;

import io.waymark.proxy.netlink.nft.Expression;
import io.waymark.proxy.netlink.nft.Verdict;
import io.waymark.proxy.rules.BackendList;
import java.util.List;

/// The chains of session affinity: a client is remembered with the id of its endpoint. Whether that
/// endpoint is still a member of the list is one lookup, so that one that goes needs no search for
/// its clients. A timeout stands in a rule, so each value that is in use has chains of its own.
final class AffinityChains {
    private static final long MILLISECONDS = 1000;

    private final Steps steps;
    private final PickChains picks;
    private final Structure.Builder into;

    AffinityChains(Steps steps, PickChains picks, Structure.Builder into) {
        this.steps = steps;
        this.picks = picks;
        this.into = into;
    }

    /// The chains that choose an endpoint for a new client, whatever the timeout.
    void learn() {
        for (int size : SizeClass.all()) {
            for (var way : Way.values()) {
                for (var list : BackendList.values()) {
                    var chain = "learn-" + way.letter + PickChains.letter(list) + "-" + size;
                    into.chain(chain);
                    for (int modulus : SizeClass.draws(size)) {
                        into.rule(chain, "", remember(way, modulus, PickChains.offset(list)));
                    }
                    into.rule(chain, "", remember(way, 1, PickChains.offset(list)));
                    into.decision(
                            Maps.Dispatch.pick(way), Code.balanced(Variant.learn(list), size), Verdict.jump(chain));
                }
            }
        }
    }

    private List<Expression> remember(Way way, int modulus, int offset) {
        var registers = steps.registers;
        int code = registers.code();
        return join(
                steps.find(way),
                new Expression.Random(registers.kind(), modulus, offset),
                new Expression.Random(code, modulus, offset),
                new Expression.Lookup(Maps.DENSE, registers.service(), code - 1),
                standIn(code - 1),
                steps.source(registers.client()),
                new Expression.Update(Maps.AFFINITY, registers.client(), code - 1, 0),
                new Expression.Decide(Verdict.RETURN));
    }

    /// The chains of one timeout.
    void timeout(int seconds) {
        var prefix = "aff-" + seconds + "-";
        for (var way : Way.values()) {
            for (var list : BackendList.values()) {
                var chain = prefix + way.letter + PickChains.letter(list);
                serve(chain, way, list, seconds);
                into.decision(
                        Maps.Dispatch.keepSource(way), Code.sticky(Variant.raw(list), seconds), Verdict.goTo(chain));
            }
            var external = prefix + "ext-" + way.letter;
            picks.external(external, prefix + way.letter + PickChains.letter(BackendList.CLUSTER));
            for (var dispatch : Maps.Dispatch.external(way)) {
                into.decision(dispatch, Code.sticky(Variant.EXTERNAL_CLUSTER, seconds), Verdict.goTo(external));
            }
        }
        for (var list : BackendList.values()) {
            var internal = prefix + "int-" + PickChains.letter(list);
            picks.internal(internal, prefix + Way.ADDRESS.letter + PickChains.letter(list));
            into.decision(Maps.Dispatch.TO_A, Code.sticky(Variant.internal(list), seconds), Verdict.goTo(internal));
        }
    }

    private void serve(String chain, Way way, BackendList list, int seconds) {
        var registers = steps.registers;
        var pick = Maps.Dispatch.pick(way);
        into.chain(chain);
        into.rule(chain, "known client: refresh, same endpoint", known(way, list, seconds));
        into.rule(
                chain,
                "its endpoint has gone: forget",
                join(
                        steps.find(way),
                        steps.source(registers.client()),
                        new Expression.Remove(Maps.AFFINITY, registers.client(), registers.service())));
        into.rule(chain, "choose and learn", choose(way, Kind.learn(list), pick));
        into.rule(chain, "", known(way, list, seconds));
        into.rule(chain, "table full: without affinity", choose(way, Kind.plain(list), pick));
        into.end(chain, Verdict.DROP);
    }

    private List<Expression> choose(Way way, Kind kind, Maps.Dispatch dispatch) {
        return join(
                steps.find(way), List.of(constant(steps.registers.kind(), kind.number())), steps.dispatch(dispatch));
    }

    /// Reads the client's endpoint twice: once to write it back with its time run anew, and once beside
    /// the service, as the key of the members.
    private List<Expression> known(Way way, BackendList list, int seconds) {
        var registers = steps.registers;
        int endpoint = registers.endpoint();
        var members = list == BackendList.CLUSTER ? Maps.MEMBERS_CLUSTER : Maps.MEMBERS_LOCAL;
        return join(
                steps.find(way),
                steps.source(registers.client()),
                standIn(endpoint + 1),
                new Expression.Lookup(Maps.AFFINITY, registers.client(), endpoint),
                standIn(endpoint),
                new Expression.Update(Maps.AFFINITY, registers.client(), endpoint, seconds * MILLISECONDS),
                new Expression.Lookup(Maps.AFFINITY, registers.client(), registers.found() - 1),
                new Expression.Lookup(members, registers.found(), Registers.FREE),
                new Expression.DestinationNat(steps.family, Registers.FREE, Registers.FREE + registers.words()));
    }
}
