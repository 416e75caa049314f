package io.waymark.dns.pipeline;

import io.waymark.records.message.Rcode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The plugins of a block from one of them on. Made once; asking it allocates nothing.
final class Chain implements Next {
    private final @Nullable NamedPlugin first;
    private final @Nullable Chain behind;

    private Chain(@Nullable NamedPlugin first, @Nullable Chain behind) {
        this.first = first;
        this.behind = behind;
    }

    static Chain of(List<NamedPlugin> plugins) {
        var chain = new Chain(null, null);
        for (var plugin : plugins.reversed()) {
            chain = new Chain(plugin, chain);
        }
        return chain;
    }

    @Override
    public Outcome ask(Exchange exchange) {
        var at = this;
        while (at.first != null && at.behind != null) {
            var outcome = at.first.plugin().answer(exchange, at.behind);
            if (!(outcome instanceof Outcome.Pass)) {
                if (exchange.hops() == 0) {
                    exchange.notes().answeredBy(at.first.name());
                }
                return outcome;
            }
            at = at.behind;
        }
        return new Outcome.Fail(Rcode.SERVFAIL, "no plugin of the server block answers for this name");
    }
}
