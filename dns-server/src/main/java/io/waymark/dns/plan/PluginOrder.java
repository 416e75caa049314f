package io.waymark.dns.plan;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.NearestName;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.StageReader;
import io.waymark.dns.plugin.acl.AclReader;
import io.waymark.dns.plugin.any.AnyStage;
import io.waymark.dns.plugin.autopath.AutopathStage;
import io.waymark.dns.plugin.bind.BindStage;
import io.waymark.dns.plugin.bufsize.BufsizeStage;
import io.waymark.dns.plugin.cache.CacheReader;
import io.waymark.dns.plugin.cancel.CancelStage;
import io.waymark.dns.plugin.chaos.ChaosStage;
import io.waymark.dns.plugin.debug.DebugStage;
import io.waymark.dns.plugin.dns64.Dns64Stage;
import io.waymark.dns.plugin.dnstap.DnstapStage;
import io.waymark.dns.plugin.errors.ErrorsStage;
import io.waymark.dns.plugin.file.FileReader;
import io.waymark.dns.plugin.forward.ForwardReader;
import io.waymark.dns.plugin.header.HeaderReader;
import io.waymark.dns.plugin.health.HealthStage;
import io.waymark.dns.plugin.hosts.HostsReader;
import io.waymark.dns.plugin.https.HttpsStage;
import io.waymark.dns.plugin.k8sexternal.ExternalStage;
import io.waymark.dns.plugin.kubernetes.KubernetesReader;
import io.waymark.dns.plugin.loadbalance.LoadbalanceStage;
import io.waymark.dns.plugin.local.LocalStage;
import io.waymark.dns.plugin.log.LogStage;
import io.waymark.dns.plugin.loop.LoopStage;
import io.waymark.dns.plugin.metadata.MetadataStage;
import io.waymark.dns.plugin.minimal.MinimalStage;
import io.waymark.dns.plugin.multisocket.MultisocketStage;
import io.waymark.dns.plugin.nsid.NsidStage;
import io.waymark.dns.plugin.prometheus.PrometheusStage;
import io.waymark.dns.plugin.ready.ReadyStage;
import io.waymark.dns.plugin.reload.ReloadStage;
import io.waymark.dns.plugin.rewrite.RewriteReader;
import io.waymark.dns.plugin.template.TemplateReader;
import io.waymark.dns.plugin.timeouts.TimeoutsStage;
import io.waymark.dns.plugin.tls.TlsStage;
import io.waymark.dns.plugin.transfer.TransferStage;
import io.waymark.dns.plugin.view.ViewStage;
import io.waymark.dns.plugin.whoami.WhoamiStage;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.List;

/// Every plugin of CoreDNS 1.15 in the order in which they act, whatever the order of their lines.
/// This list is that order; a plugin becomes a stage by changing its line here.
public final class PluginOrder {
    private static final List<Plugin> PLUGINS = List.of(
            notYet("root", "write absolute paths instead"),
            stage("metadata", MetadataStage::read),
            notYet("geoip"),
            stage("cancel", CancelStage::read),
            notYet("proxyproto"),
            notYet("quic"),
            notYet("grpc_server"),
            stage("https", HttpsStage::read),
            notYet("https3"),
            stage("timeouts", TimeoutsStage::read),
            stage("multisocket", MultisocketStage::read),
            stage("reload", ReloadStage::read),
            stage("nsid", NsidStage::read),
            stage("bufsize", BufsizeStage::read),
            stage("bind", BindStage::read),
            stage("debug", DebugStage::read),
            notYet("trace"),
            stage("ready", ReadyStage::read),
            stage("health", HealthStage::read),
            notYet("pprof"),
            notYet("shed"),
            stage("prometheus", PrometheusStage::read),
            stage("errors", ErrorsStage::read),
            stage("log", LogStage::read),
            stage("dnstap", DnstapStage::read),
            stage("local", LocalStage::read),
            stage("dns64", Dns64Stage::read),
            notYet("siit"),
            stage("any", AnyStage::read),
            stage("chaos", ChaosStage::read),
            stage("loadbalance", LoadbalanceStage::read),
            notYet("tsig"),
            stage("rewrite", RewriteReader::read),
            stage("autopath", AutopathStage::read),
            stage("acl", AclReader::read),
            stage("cache", CacheReader::read),
            stage("header", HeaderReader::read),
            notYet("dnssec"),
            stage("tls", TlsStage::read),
            stage("minimal", MinimalStage::read),
            stage("template", TemplateReader::read),
            stage("transfer", TransferStage::read),
            notYet("dynupdate"),
            stage("hosts", HostsReader::read),
            notYet("route53"),
            notYet("azure"),
            notYet("clouddns"),
            stage("k8s_external", ExternalStage::read),
            stage("kubernetes", KubernetesReader::read),
            stage("file", FileReader::read),
            notYet("auto"),
            notYet("secondary"),
            notYet("etcd"),
            stage("loop", LoopStage::read),
            stage("forward", ForwardReader::read),
            notYet("grpc"),
            notYet("erratic"),
            stage("whoami", WhoamiStage::read),
            notYet("on"),
            notYet("sign"),
            stage("view", ViewStage::read),
            notYet("nomad"));

    private PluginOrder() {}

    /// The plugins that this version has, in alphabetical order.
    public static List<String> supported() {
        return PLUGINS.stream()
                .filter(Plugin.Supported.class::isInstance)
                .map(Plugin::name)
                .sorted()
                .toList();
    }

    private sealed interface Plugin {
        String name();

        /// One that this version has.
        record Supported(String name, StageReader reader) implements Plugin {}

        /// One that CoreDNS has.
        /// @param advice what holds without it; may be empty
        record NotYet(String name, String advice) implements Plugin {}
    }

    private static Plugin stage(String name, StageReader reader) {
        return new Plugin.Supported(name, reader);
    }

    private static Plugin notYet(String name, String advice) {
        return new Plugin.NotYet(name, ": " + advice);
    }

    private static Plugin notYet(String name) {
        return new Plugin.NotYet(name, "");
    }

    /// The stages of one server block in the order in which they act; notes each problem.
    /// @param directives in the order of the text
    /// @param zones      those of the block
    public static List<Stage> stages(List<Directive> directives, List<DomainName> zones, Remarks remarks) {
        var names = PLUGINS.stream().map(Plugin::name).toList();
        for (Directive directive : directives) {
            if (!names.contains(directive.name().text())) {
                unknown(directive, names, remarks);
            }
        }
        var stages = new ArrayList<Stage>();
        for (Plugin plugin : PLUGINS) {
            var lines = directives.stream()
                    .filter(directive -> directive.name().text().equals(plugin.name()))
                    .toList();
            if (!lines.isEmpty()) {
                stages.addAll(read(plugin, lines, zones, remarks));
            }
        }
        return stages;
    }

    private static List<Stage> read(Plugin plugin, List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        return switch (plugin) {
            case Plugin.Supported(var name, var reader) -> reader.read(lines, zones, remarks);
            case Plugin.NotYet(var name, var advice) -> {
                for (Directive line : lines) {
                    String what = line.block().isEmpty() ? "remove the line" : "remove the line and its block";
                    remarks.problem(
                            line.name(),
                            "plugin \"" + name + "\" is not supported yet by this version; " + what + advice);
                }
                yield List.of();
            }
        };
    }

    private static void unknown(Directive directive, List<String> names, Remarks remarks) {
        String name = directive.name().text();
        remarks.problem(
                directive.name(),
                "unknown plugin " + directive.name().quoted()
                        + NearestName.of(name, names)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse("; supported are " + String.join(", ", supported())));
    }
}
