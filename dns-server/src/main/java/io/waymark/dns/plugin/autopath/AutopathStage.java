package io.waymark.dns.plugin.autopath;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.Words;
import io.waymark.dns.corefile.stage.ZoneText;
import io.waymark.dns.pipeline.Plugin;
import io.waymark.dns.plugin.AnsweringStage;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.dns.plugin.kubernetes.KubernetesPlugin;
import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/// `autopath [ZONE…] @kubernetes|RESOLV-CONF`: the search list of clients is walked here.
/// @param zones  only of names at or below these
/// @param search where the list comes from
public record AutopathStage(List<DomainName> zones, Search search) implements AnsweringStage {
    private static final Path OWN = Path.of("/etc/resolv.conf");
    private static final String SHAPE =
            "expected autopath [ZONE…] @kubernetes, or the path of a file like /etc/resolv.conf at the end";

    /// Copies the zones.
    public AutopathStage {
        zones = List.copyOf(zones);
    }

    /// Where a search list comes from.
    public sealed interface Search {
        /// The client's Pod, whose namespace it is made of.
        /// @param at where it is written
        record OfPod(Position at) implements Search {
            @Override
            public String toString() {
                return "@kubernetes";
            }
        }

        /// The `search` line of a file, for every client; read when the server starts.
        /// @param at where it is written, for the message if it cannot be read
        record OfFile(String path, Position at) implements Search {
            @Override
            public String toString() {
                return path;
            }
        }
    }

    public static List<Stage> read(List<Directive> lines, List<DomainName> zonesOfBlock, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.finish();
        var words = section.arguments();
        if (words.isEmpty()) {
            remarks.problem(section.name(), "autopath: found 0 words behind it, " + SHAPE);
            return List.of();
        }
        var last = words.getLast();
        if (last.text().startsWith("@") && !last.text().equals("@kubernetes")) {
            remarks.problem(last, "autopath: found " + last.quoted() + ", " + SHAPE);
            return List.of();
        }
        var named = words.subList(0, words.size() - 1);
        return List.of(new AutopathStage(
                named.isEmpty() ? zonesOfBlock : ZoneText.names(named, remarks),
                last.text().startsWith("@") ? new Search.OfPod(last.at()) : new Search.OfFile(last.text(), last.at())));
    }

    @Override
    public String plugin() {
        return "autopath";
    }

    @Override
    public List<Setting> settings() {
        return List.of(new Setting("zones", Words.join(zones), false), new Setting("search", search.toString(), false));
    }

    @Override
    public Plugin start(Surroundings around) {
        var lists = switch (search) {
            case Search.OfPod pod -> ofPod(around);
            case Search.OfFile file -> {
                var domains = domains(file);
                yield (SearchList) exchange -> domains;
            }
        };
        var successes = around.metrics()
                .counter("coredns_autopath_success_total", "Names that were found by walking a search list.", "server");
        return new AutopathPlugin(zones, lists, successes, around.nanoTime());
    }

    private static SearchList ofPod(Surroundings around) {
        var cluster = around.behind(KubernetesPlugin.class)
                .map(KubernetesPlugin::cluster)
                .orElseThrow(() -> new PluginStartException("autopath @kubernetes: its server block has no kubernetes"
                        + " plugin; add one with pods verified, or name a file like /etc/resolv.conf"));
        var further = own();
        return exchange -> cluster.index()
                .client(exchange.view(), exchange.client().ip())
                .map(pod -> SearchList.ofPod(pod.name().namespace(), cluster.zone(), further))
                .orElse(List.of());
    }

    /// A server without a search list of its own has nothing to add to those of Pods.
    private static List<DomainName> own() {
        try {
            return SearchList.read(OWN);
        } catch (IOException none) {
            return List.of();
        }
    }

    private static List<DomainName> domains(Search.OfFile file) {
        try {
            return SearchList.read(Path.of(file.path));
        } catch (IOException unreadable) {
            throw new PluginStartException(file.at + ": autopath: " + file.path + " cannot be read: " + unreadable
                    + "; name a file like /etc/resolv.conf, or @kubernetes");
        }
    }
}
