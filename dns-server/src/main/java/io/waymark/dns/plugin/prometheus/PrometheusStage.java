package io.waymark.dns.plugin.prometheus;

import io.waymark.dns.corefile.Directive;
import io.waymark.dns.corefile.Remarks;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Section;
import io.waymark.dns.corefile.stage.Setting;
import io.waymark.dns.corefile.stage.Stage;
import io.waymark.dns.corefile.stage.ValueKind;
import io.waymark.dns.pipeline.Observer;
import io.waymark.dns.plugin.ObservingStage;
import io.waymark.dns.plugin.Surroundings;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.nio.file.Path;
import java.util.List;

/// `prometheus [ADDRESS] { tls FILE }`: the queries of the block are counted, and all that the process counts can
/// be scraped at `/metrics`. Blocks with the same address share one endpoint.
/// @param address   where it listens
/// @param webConfig says how to speak TLS there ([WebConfig]); empty if scrapes are not encrypted
public record PrometheusStage(ListenAddress address, String webConfig) implements ObservingStage {
    public static final PrometheusStage DEFAULT =
            new PrometheusStage(new ListenAddress(IpAddress.of("127.0.0.1"), 9153), "");

    public static List<Stage> read(List<Directive> lines, List<DomainName> zones, Remarks remarks) {
        var section = Section.once(lines, remarks);
        section.argumentsMax(1, "prometheus [ADDRESS:PORT]");
        var address = section.argument(ValueKind.ADDRESS, DEFAULT.address);
        for (var line : section.lines("runtime_metrics")) {
            remarks.warning(
                    line.name(),
                    "prometheus: runtime_metrics is about Go's runtime and has no effect here; the JVM's meters are"
                            + " always there, as jvm_…");
        }
        var webConfig = section.value("tls", ValueKind.TEXT, "");
        section.finish();
        return List.of(new PrometheusStage(address, webConfig));
    }

    @Override
    public String plugin() {
        return "prometheus";
    }

    @Override
    public List<Setting> settings() {
        return List.of(
                Setting.of("address", address, DEFAULT.address),
                Setting.of("tls", webConfig.isEmpty() ? "none" : webConfig, "none"));
    }

    @Override
    public Observer start(Surroundings around) {
        if (!webConfig.isEmpty()) {
            around.encryptPages(address, WebConfig.read(Path.of(webConfig)));
        }
        around.page(
                address,
                MetricsPage.PATH,
                around.kept(
                        MetricsPage.class,
                        () -> new MetricsPage(around.metrics(), around.loops().vertx())));
        around.kept(ProcessReadings.class, () -> {
            var process = new ProcessReadings(Path.of("/proc/self"));
            process.register(around.metrics());
            JvmReadings.register(around.metrics());
            return process;
        });
        EnabledPlugins.of(around).add(around);
        return new PrometheusPlugin(Traffic.of(around));
    }

    @Override
    public boolean failuresOnly() {
        return false;
    }
}
