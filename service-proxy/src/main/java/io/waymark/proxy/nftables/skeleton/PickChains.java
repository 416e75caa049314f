package io.waymark.proxy.nftables.skeleton;

import static io.waymark.proxy.nftables.skeleton.Steps.join;

import io.waymark.proxy.netlink.nft.Expression;
import io.waymark.proxy.netlink.nft.Verdict;
import io.waymark.proxy.rules.BackendList;
import io.waymark.proxy.rules.node.Masquerade;
import java.util.List;

/// The chains of one size class: `pick-` draws a backend, `int-` and `ext-` mark for masquerading
/// before that. No Service has a chain of its own.
final class PickChains {
    private final Steps steps;
    private final Masquerade internal;
    private final Structure.Builder into;

    PickChains(Steps steps, Masquerade internal, Structure.Builder into) {
        this.steps = steps;
        this.internal = internal;
        this.into = into;
    }

    /// `c` or `l`.
    static String letter(BackendList list) {
        return list == BackendList.CLUSTER ? "c" : "l";
    }

    /// Where a list's indices start.
    static int offset(BackendList list) {
        return list == BackendList.CLUSTER ? 0 : Maps.LOCAL_OFFSET;
    }

    private static String pick(Way way, BackendList list, int size) {
        return "pick-" + way.letter + letter(list) + "-" + size;
    }

    void add(int size) {
        for (var way : Way.values()) {
            for (var list : BackendList.values()) {
                draw(way, list, size);
                var verdict = Verdict.goTo(pick(way, list, size));
                into.decision(Maps.Dispatch.keepSource(way), Code.balanced(Variant.raw(list), size), verdict);
                into.decision(Maps.Dispatch.pick(way), Code.balanced(Variant.raw(list), size), verdict);
            }
            var name = "ext-" + way.letter + "-" + size;
            external(name, pick(way, BackendList.CLUSTER, size));
            for (var dispatch : Maps.Dispatch.external(way)) {
                into.decision(dispatch, Code.balanced(Variant.EXTERNAL_CLUSTER, size), Verdict.goTo(name));
            }
        }
        for (var list : BackendList.values()) {
            var name = "int-" + letter(list) + "-" + size;
            internal(name, pick(Way.ADDRESS, list, size));
            into.decision(Maps.Dispatch.TO_A, Code.balanced(Variant.internal(list), size), Verdict.goTo(name));
        }
    }

    /// A lookup that misses ends its rule. A packet that meets a commit between two of its lookups may
    /// miss in all of them: then the first backend serves, and if there is none, silence.
    private void draw(Way way, BackendList list, int size) {
        var chain = pick(way, list, size);
        into.chain(chain);
        for (int modulus : SizeClass.draws(size)) {
            into.rule(chain, "mark stands for service id", toBackend(way, modulus, offset(list)));
        }
        into.rule(chain, "list shrank under way: first endpoint", toBackend(way, 1, offset(list)));
        into.end(chain, "gone under way: let the client try again", Verdict.DROP);
    }

    private List<Expression> toBackend(Way way, int modulus, int offset) {
        var registers = steps.registers;
        return join(
                steps.find(way),
                new Expression.Random(registers.kind(), modulus, offset),
                new Expression.Lookup(Maps.BACKENDS, registers.service(), Registers.FIRST),
                new Expression.DestinationNat(steps.family, Registers.FIRST, Registers.FIRST + registers.words()));
    }

    /// A chain for packets to a cluster IP.
    void internal(String chain, String then) {
        into.chain(chain);
        switch (internal) {
            case ALWAYS -> into.rule(chain, "", steps.mark());
            case UNLESS_POD -> into.rule(chain, "not from a pod", join(steps.pod(false), steps.mark()));
            case NEVER -> {}
        }
        into.end(chain, Verdict.goTo(then));
    }

    /// A chain for packets to other frontends.
    void external(String chain, String then) {
        into.chain(chain);
        into.rule(chain, "", steps.mark());
        into.end(chain, Verdict.goTo(then));
    }
}
