package io.waymark.proxy;

import io.waymark.proxy.nftables.Drift;
import io.waymark.proxy.nftables.NftApplier;
import io.waymark.proxy.nftables.NftException;
import io.waymark.proxy.nftables.Ownership;
import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import java.util.Collection;
import java.util.List;

/// nftables as the reconciler's back end.
final class NftRules implements RuleApplier {
    private final NftApplier applier;

    private NftRules(NftApplier applier) {
        this.applier = applier;
    }

    /// @throws NftException if this kernel has no nftables for us
    static NftRules open(Ownership ownership) throws NftException {
        return new NftRules(NftApplier.open(ownership));
    }

    @Override
    public void start(Collection<RuleSet> desired) throws ApplyException {
        try {
            applier.start(desired);
        } catch (NftException refused) {
            throw new ApplyException(refused);
        }
    }

    @Override
    public int apply(Collection<RuleChanges> changes) throws ApplyException {
        try {
            return applier.apply(changes);
        } catch (NftException refused) {
            throw new ApplyException(refused);
        }
    }

    @Override
    public List<String> verify() throws ApplyException {
        try {
            return applier.verify().stream().map(Drift::toString).toList();
        } catch (NftException refused) {
            throw new ApplyException(refused);
        }
    }

    @Override
    public List<String> audit() throws ApplyException {
        try {
            return applier.audit().stream().map(Drift::toString).toList();
        } catch (NftException refused) {
            throw new ApplyException(refused);
        }
    }

    @Override
    public void close() {
        applier.close();
    }
}
