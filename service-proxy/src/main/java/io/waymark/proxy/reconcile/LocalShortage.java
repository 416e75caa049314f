package io.waymark.proxy.reconcile;

import io.waymark.proxy.metrics.ProxyMetrics;
import io.waymark.proxy.rules.Entry;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.proxy.rules.ServiceRules;
import io.waymark.records.address.IpFamily;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;

/// Counts the Service ports with the policy Local and no endpoint on this node.
public final class LocalShortage implements RuleFollower {
    private final ProxyMetrics metrics;
    private final Map<IpFamily, Integer> internal = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, Integer> external = new EnumMap<>(IpFamily.class);

    public LocalShortage(ProxyMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public void begin(Collection<RuleSet> rules) {
        rules.forEach(set -> set.services().values().forEach(each -> count(each, 1)));
    }

    @Override
    public void change(Collection<RuleChanges> changes) {
        for (var change : changes) {
            for (var delta : change.services()) {
                delta.before().ifPresent(rules -> count(rules, -1));
                delta.after().ifPresent(rules -> count(rules, 1));
            }
        }
    }

    private void count(ServiceRules rules, int by) {
        var family = rules.key().family();
        if (rules.internal() instanceof Entry.DropAll) {
            internal.merge(family, by, Integer::sum);
        }
        if (rules.external() instanceof Entry.KeepSource(var local) && local == Entry.Local.NONE) {
            external.merge(family, by, Integer::sum);
        }
    }

    @Override
    public void held() {
        for (var family : IpFamily.values()) {
            metrics.withoutLocal(family, "internal", internal.getOrDefault(family, 0));
            metrics.withoutLocal(family, "external", external.getOrDefault(family, 0));
        }
    }

    @Override
    public void repaired() {}

    @Override
    public void close() {}
}
