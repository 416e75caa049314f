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
            absent("root", "write absolute paths instead"),
            stage("metadata", MetadataStage::read),
            absent("geoip", "choose blocks by the addresses of clients with view instead"),
            stage("cancel", CancelStage::read),
            absent("proxyproto", "keep the addresses of clients with externalTrafficPolicy: Local instead"),
            absent("quic", "serve the zone over tls:// or https:// instead"),
            absent("grpc_server", "serve the zone over tls:// or https:// instead"),
            stage("https", HttpsStage::read),
            absent("https3", "serve the zone over https://, which is HTTP/2, instead"),
            stage("timeouts", TimeoutsStage::read),
            stage("multisocket", MultisocketStage::read),
            stage("reload", ReloadStage::read),
            stage("nsid", NsidStage::read),
            stage("bufsize", BufsizeStage::read),
            stage("bind", BindStage::read),
            stage("debug", DebugStage::read),
            absent("trace", "log says how long each answer took, and prometheus has histograms of it"),
            stage("ready", ReadyStage::read),
            stage("health", HealthStage::read),
            absent("pprof", "the JDK has its own: jcmd PID JFR.start, or jcmd PID Thread.print"),
            absent("shed", "what waits is bounded without it"),
            stage("prometheus", PrometheusStage::read),
            stage("errors", ErrorsStage::read),
            stage("log", LogStage::read),
            stage("dnstap", DnstapStage::read),
            stage("local", LocalStage::read),
            stage("dns64", Dns64Stage::read),
            absent("siit", "dns64 answers clients that have IPv6 only"),
            stage("any", AnyStage::read),
            stage("chaos", ChaosStage::read),
            stage("loadbalance", LoadbalanceStage::read),
            absent("tsig", "allow by address instead, with acl or the lines \"to\" of transfer"),
            stage("rewrite", RewriteReader::read),
            stage("autopath", AutopathStage::read),
            stage("acl", AclReader::read),
            stage("cache", CacheReader::read),
            stage("header", HeaderReader::read),
            absent("dnssec", "forward the zone to a server that signs it, such as Knot DNS or BIND"),
            stage("tls", TlsStage::read),
            stage("minimal", MinimalStage::read),
            stage("template", TemplateReader::read),
            stage("transfer", TransferStage::read),
            absent("dynupdate", "change the objects of the cluster, or the master file"),
            stage("hosts", HostsReader::read),
            absent("route53", "forward the zone to the resolver of the VPC: forward ZONE ADDRESS"),
            absent("azure", "forward the zone to Azure's resolver: forward ZONE 168.63.129.16"),
            absent("clouddns", "forward the zone to Cloud DNS: forward ZONE 169.254.169.254"),
            stage("k8s_external", ExternalStage::read),
            stage("kubernetes", KubernetesReader::read),
            stage("file", FileReader::read),
            absent("auto", "name each zone in a line of its own: file DBFILE ZONE"),
            absent("secondary", "forward the zone to its primary: forward ZONE ADDRESS"),
            absent("etcd", "keep CoreDNS for this zone and forward it there: forward ZONE ADDRESS"),
            stage("loop", LoopStage::read),
            stage("forward", ForwardReader::read),
            absent("grpc", "forward over TLS or HTTPS instead: forward ZONE tls://ADDRESS"),
            absent("erratic", "it is for tests of clients; template answers with any code"),
            stage("whoami", WhoamiStage::read),
            absent("on", "a Pod has lifecycle hooks for commands"),
            absent("sign", "sign the zone outside, and forward it to a server that serves it signed"),
            stage("view", ViewStage::read),
            absent("nomad", "forward the zone to the DNS server of Consul or Nomad: forward ZONE ADDRESS"));

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

        /// One that CoreDNS has and Waymark has not.
        /// @param instead what to do instead
        record Absent(String name, String instead) implements Plugin {}
    }

    private static Plugin stage(String name, StageReader reader) {
        return new Plugin.Supported(name, reader);
    }

    private static Plugin absent(String name, String instead) {
        return new Plugin.Absent(name, instead);
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
            case Plugin.Absent(var name, var instead) -> {
                for (Directive line : lines) {
                    String what = line.block().isEmpty() ? "remove the line" : "remove the line and its block";
                    remarks.problem(
                            line.name(), "plugin \"" + name + "\" is no part of Waymark; " + what + ": " + instead);
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
