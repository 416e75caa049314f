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

/// `prometheus [ADDRESS]`: the queries of the block are counted, and all that the process counts can
/// be scraped at `/metrics`. Blocks with the same address share one endpoint.
/// @param address where it listens
public record PrometheusStage(ListenAddress address) implements ObservingStage {
    public static final PrometheusStage DEFAULT =
            new PrometheusStage(new ListenAddress(IpAddress.of("127.0.0.1"), 9153));

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
        section.notYet("tls", "remove the line, and let nothing but the scraper reach the address");
        section.finish();
        return List.of(new PrometheusStage(address));
    }

    @Override
    public String plugin() {
        return "prometheus";
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.of("address", address, DEFAULT.address));
    }

    @Override
    public Observer start(Surroundings around) {
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
