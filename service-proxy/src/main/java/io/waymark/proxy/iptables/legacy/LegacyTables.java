package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.iptables.Differences;
import io.waymark.proxy.iptables.IptablesException;
import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainOptions;
import io.waymark.proxy.iptables.chains.FixedChains.Hook;
import io.waymark.proxy.iptables.chains.RuleText;
import io.waymark.proxy.iptables.plan.ChainChanges;
import io.waymark.proxy.iptables.plan.ChainStep;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.proxy.reconcile.ApplyException;
import io.waymark.proxy.reconcile.RuleApplier;
import io.waymark.proxy.rules.RuleChanges;
import io.waymark.proxy.rules.RuleSet;
import io.waymark.records.address.IpFamily;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// kube-proxy's chains in the tables of iptables-legacy, changed chains only, by its own programs. Each
/// change makes the kernel copy a whole table, so changes are gathered. Nobody tells of foreign changes:
/// the tables are read once in a sync period. Works in the network namespace of the thread that calls.
public final class LegacyTables implements RuleApplier {
    private static final Duration ADDITIONS_REST = Duration.ofSeconds(1);
    private static final int REST = 3;

    private final ChainOptions options;
    private final Map<IpFamily, LegacyPrograms> programs = new EnumMap<>(IpFamily.class);
    private final Map<IpFamily, FamilyChains> plans = new EnumMap<>(IpFamily.class);
    private boolean doubtful = true;
    private long nextChange = System.nanoTime();

    private LegacyTables(ChainOptions options) {
        this.options = options;
    }

    /// Finds the programs and changes nothing.
    /// @throws IptablesException if one of them is missing
    public static LegacyTables open(ChainOptions options) throws IptablesException {
        var tables = new LegacyTables(options);
        for (var family : IpFamily.values()) {
            tables.programs.put(family, LegacyPrograms.find(family));
        }
        return tables;
    }

    @Override
    public void start(Collection<RuleSet> desired) throws ApplyException {
        try {
            for (var rules : desired) {
                plans.put(rules.node().family(), new FamilyChains(rules, options));
                bring(rules.node().family());
            }
            doubtful = false;
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        }
    }

    private LegacyPrograms programs(IpFamily family) throws IptablesException {
        var found = programs.get(family);
        return found == null ? LegacyPrograms.find(family) : found;
    }

    private FamilyChains plan(IpFamily family) {
        var plan = plans.get(family);
        if (plan == null) {
            throw new IllegalStateException("no rules of family " + family + " were started with");
        }
        return plan;
    }

    /// Writes what differs. @return what that was, one line each
    private List<String> bring(IpFamily family) throws IptablesException {
        var plan = plan(family);
        var saved = programs(family).save();
        var listed = new RuleText(family, RuleText.Style.LISTED);
        var text = new RestoreText(family);
        var differences = new Differences(family.toString());
        var wanted = new HashSet<ChainId>();
        plan.forEach((chain, rules) -> {
            wanted.add(chain);
            var lines = rules.stream().map(listed::arguments).toList();
            if (!saved.chains().containsKey(chain) || !lines.equals(saved.rules(chain))) {
                differences.changed(chain);
                text.write(chain, rules);
            }
        });
        var hooks = new ArrayList<Hook>();
        for (var hook : plan.hooks()) {
            if (!saved.leads(hook.from(), hook.to())) {
                hooks.add(hook);
            }
        }
        text.hook(hooks);
        differences.unhooked(hooks);
        var stale = saved.chains().keySet().stream()
                .filter(chain -> FamilyChains.isStale(chain, wanted))
                .toList();
        stale.forEach(text::remove);
        differences.stale(stale);
        programs(family).restore(text);
        return differences.lines();
    }

    @Override
    public int apply(Collection<RuleChanges> changes) throws ApplyException {
        long began = System.nanoTime();
        boolean sure = !doubtful;
        doubtful = true;
        int rules = 0;
        try {
            for (var change : changes) {
                var family = change.nodeAfter().family();
                switch (plan(family).apply(change)) {
                    case ChainStep.Everything everything -> bring(family);
                    case ChainStep.Change(var some) -> {
                        var text = text(family, some);
                        programs(family).restore(text);
                        rules += text.rules();
                    }
                }
            }
            doubtful = !sure;
            return rules;
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        } finally {
            long now = System.nanoTime();
            nextChange = now + Math.max(ADDITIONS_REST.toNanos(), REST * (now - began));
        }
    }

    private static RestoreText text(IpFamily family, ChainChanges changes) {
        var text = new RestoreText(family);
        changes.writes().forEach(write -> text.write(write.chain(), write.after()));
        changes.removed().forEach(text::remove);
        return text;
    }

    @Override
    public Duration rest() {
        return Duration.ofNanos(Math.max(0, nextChange - System.nanoTime()));
    }

    @Override
    public List<String> verify() throws ApplyException {
        return doubtful ? audit() : List.of();
    }

    @Override
    public List<String> audit() throws ApplyException {
        var drifts = new ArrayList<String>();
        try {
            for (var family : plans.keySet()) {
                drifts.addAll(bring(family));
            }
            doubtful = false;
            return drifts;
        } catch (IptablesException refused) {
            throw new ApplyException(refused);
        }
    }

    /// Leaves the kernel as it is.
    @Override
    public void close() {
        plans.clear();
    }
}
