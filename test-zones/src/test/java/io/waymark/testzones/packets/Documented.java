package io.waymark.testzones.packets;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/// A row of `docs/proxy-differences.md` that flows of the table meet.
enum Documented {
    HAIRPIN_ELSEWHERE(
            "hairpin-elsewhere",
            Programmer.KUBE_PROXY_NFTABLES,
            (flow, setup) -> flow.from().equals("pod3") && flow.because().startsWith("a Pod of another node is sent")),
    NODE_PORT_EMPTY(
            "nodeport-empty",
            Programmer.KUBE_PROXY_IPTABLES,
            (flow, setup) -> setup == Setup.NODE_CIDR_AND_ADDRESSES
                    && flow.address().equals("192.0.2.1")
                    && flow.port() == 30083);

    private final String id;
    private final Programmer other;
    private final BiPredicate<Flow, Setup> flows;

    Documented(String id, Programmer other, BiPredicate<Flow, Setup> flows) {
        this.id = id;
        this.other = other;
        this.flows = flows;
    }

    /// As the first column has it.
    String id() {
        return id;
    }

    /// Whether a programmer's answer need not be that of the others.
    static List<Documented> of(Programmer programmer, Flow flow, Setup setup) {
        return Arrays.stream(values())
                .filter(it -> it.other == programmer && it.flows.test(flow, setup))
                .toList();
    }
}
