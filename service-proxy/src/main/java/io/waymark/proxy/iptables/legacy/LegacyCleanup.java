package io.waymark.proxy.iptables.legacy;

import io.waymark.proxy.command.HostProgram;
import io.waymark.proxy.iptables.IptablesException;
import io.waymark.proxy.iptables.chains.ChainId;
import io.waymark.proxy.iptables.chains.ChainNames;
import io.waymark.proxy.iptables.chains.FixedChains;
import io.waymark.proxy.iptables.chains.RuleText;
import io.waymark.proxy.iptables.plan.FamilyChains;
import io.waymark.records.address.IpFamily;
import java.util.List;
import java.util.TreeSet;

/// Removes the chains of iptables mode, ours or kube-proxy's, and the jumps to them, from the tables of
/// iptables-legacy.
public final class LegacyCleanup {
    private static final ChainId FIREWALL = ChainId.filter(ChainNames.FIREWALL);

    private LegacyCleanup() {}

    /// @return how many chains there were; none where there is no iptables-legacy, or no table of it
    public static int run() throws IptablesException {
        int chains = 0;
        for (var family : IpFamily.values()) {
            var name = family == IpFamily.IPV4 ? "iptables-legacy-save" : "ip6tables-legacy-save";
            if (LegacyUse.isLoaded(family) && HostProgram.find(name).isPresent()) {
                chains += clean(family);
            }
        }
        return chains;
    }

    private static int clean(IpFamily family) throws IptablesException {
        var programs = LegacyPrograms.find(family);
        var saved = programs.save();
        var ours = new TreeSet<ChainId>();
        for (var chain : saved.chains().keySet()) {
            if (ChainNames.isOfProxy(chain) || FamilyChains.isServices(chain)) {
                ours.add(chain);
            }
        }
        var firewall = new RuleText(family, RuleText.Style.LISTED).arguments(FixedChains.firewall());
        if (saved.rules(FIREWALL).equals(List.of(firewall))
                && saved.chains().keySet().stream().noneMatch(ChainNames::isOfKubelet)) {
            ours.add(FIREWALL);
        }
        var text = new RestoreText(family);
        saved.chains().forEach((chain, rules) -> {
            if (!ours.contains(chain) && !chain.name().startsWith("KUBE-")) {
                rules.stream()
                        .filter(rule ->
                                ours.contains(new ChainId(chain.table(), rule.substring(rule.lastIndexOf(' ') + 1))))
                        .forEach(rule -> text.unhook(chain, rule));
            }
        });
        ours.forEach(text::remove);
        programs.restore(text);
        return ours.size();
    }
}
