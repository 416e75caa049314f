package io.waymark.cli.kubedns;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.dns.kubedns.KubeDnsSettings;
import io.waymark.dns.kubedns.Nameserver;
import io.waymark.dns.metrics.MetricFamily;
import io.waymark.dns.metrics.Metrics;
import io.waymark.dns.metrics.Reading;
import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of the mounted ConfigMap while it changes.
class KubeDnsSurfaceTest {
    @TempDir
    Path folder;

    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> names = new HashMap<>();

    private KubeDnsSurface surface() {
        var settings = new KubeDnsSettings(
                DomainName.of("cluster.local."),
                new KubeDnsSettings.Ports(List.of(53), 0, 0, 0),
                Optional.empty(),
                List.of(),
                List.of(),
                Duration.ofSeconds(1));
        return new KubeDnsSurface(settings, new ConfigValues.Folder(folder), List.of(), this::addresses, warnings::add);
    }

    private List<Nameserver.Address> addresses(Nameserver.Named server) {
        return Optional.ofNullable(names.get(server.host())).stream()
                .map(text -> new Nameserver.Address(IpAddress.of(text), server.port()))
                .toList();
    }

    private void write(String key, String value) throws IOException {
        Files.writeString(folder.resolve(key), value);
    }

    @Test
    void aChangedFileChangesTheCorefileAndABrokenOneDoesNot() throws IOException {
        var surface = surface();
        assertThat(surface.firstCorefile()).contains("forward . /etc/resolv.conf");
        write("upstreamNameservers", "[\"192.0.2.1\"]");
        var good = surface.corefile();
        assertThat(good).contains("forward . 192.0.2.1:53");
        write("upstreamNameservers", "[\"192.0.2.1\"");
        assertThat(surface.corefile()).isEqualTo(good);
        assertThat(surface.corefile()).isEqualTo(good);
        assertThat(warnings)
                .as("said once, not each time")
                .singleElement()
                .asString()
                .contains("it is no JSON");
        var metrics = new Metrics();
        surface.broken().register(metrics);
        assertThat(metrics.families())
                .singleElement()
                .extracting(MetricFamily::readings)
                .isEqualTo(List.of(new Reading.Value(List.of("upstreamNameservers"), 1)));
        Files.delete(folder.resolve("upstreamNameservers"));
        assertThat(surface.corefile()).contains("forward . /etc/resolv.conf");
    }

    @Test
    void theKubeletsOwnFilesAreNoKeys() throws IOException {
        write("..data", "x");
        Files.createDirectory(folder.resolve("..2026_11_23"));
        surface().firstCorefile();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aServerWithANameIsAskedForAgainUntilItHasAnAddressAndKeepsItsLastOne() throws IOException {
        write("stubDomains", "{\"acme.local\": [\"ns.acme.local\"]}");
        var surface = surface();
        assertThat(surface.firstCorefile()).doesNotContain("192.0.2.9");
        surface.corefile();
        surface.corefile();
        assertThat(warnings).singleElement().asString().contains("ns.acme.local:53 has no address now");
        names.put("ns.acme.local", "192.0.2.9");
        assertThat(surface.corefile()).contains("forward . 192.0.2.9:53");
        names.clear();
        assertThat(surface.corefile()).contains("forward . 192.0.2.9:53");
    }

    @Test
    void aFolderThatCannotBeReadIsSaidOnceAndChangesNothing() throws IOException {
        write("upstreamNameservers", "[\"192.0.2.1\"]");
        var surface = surface();
        var good = surface.firstCorefile();
        write("stubDomains", " ".repeat(ConfigValues.VALUE_OCTETS_MAX + 1));
        assertThat(surface.corefile()).isEqualTo(good);
        assertThat(surface.corefile()).isEqualTo(good);
        assertThat(warnings).singleElement().asString().contains("is larger than");
    }
}
