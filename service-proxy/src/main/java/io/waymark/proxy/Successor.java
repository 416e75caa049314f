package io.waymark.proxy;

import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A back end that takes the place of others: what they left is removed when it holds the rules, so that
/// a Service is served by one of the two throughout.
final class Successor implements RuleApplier {
    private static final Logger LOG = LoggerFactory.getLogger("proxy");

    private final RuleApplier backEnd;
    private final Removal others;

    Successor(RuleApplier backEnd, Removal others) {
        this.backEnd = backEnd;
        this.others = others;
    }

    /// Removes what other modes left.
    @FunctionalInterface
    interface Removal {
        /// @return how many tables or chains that were
        int run() throws Exception;
    }

    @Override
    public void start(Collection<RuleSet> desired) throws ApplyException {
        backEnd.start(desired);
        try {
            int removed = others.run();
            if (removed > 0) {
                LOG.info("Removed what another mode left: {} tables and chains", removed);
            }
        } catch (Exception refused) {
            LOG.error("What another mode left stays, run `waymark proxy --cleanup` later: {}", refused.getMessage());
        }
    }

    @Override
    public int apply(Collection<RuleChanges> changes) throws ApplyException {
        return backEnd.apply(changes);
    }

    @Override
    public Duration rest() {
        return backEnd.rest();
    }

    @Override
    public List<String> verify() throws ApplyException {
        return backEnd.verify();
    }

    @Override
    public List<String> audit() throws ApplyException {
        return backEnd.audit();
    }

    @Override
    public void close() {
        backEnd.close();
    }
}
