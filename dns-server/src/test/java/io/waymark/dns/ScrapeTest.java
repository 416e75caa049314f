package io.waymark.dns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.dns.corefile.ImportResolver;
import io.waymark.dns.listen.tls.TestCertificate;
import io.waymark.dns.pipeline.Ask;
import io.waymark.dns.plan.PlanRead;
import io.waymark.dns.plan.ServerPlan;
import io.waymark.dns.plugin.PluginStartException;
import io.waymark.dns.reload.CorefileOrigin;
import io.waymark.records.message.Edns;
import io.waymark.records.message.Header;
import io.waymark.records.message.Question;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a scrape shows after a few queries.
class ScrapeTest {
    private static final String COREFILE = """
            who.test:0 {
                bind 127.0.0.1
                prometheus 127.0.0.1:0
                errors
                whoami
            }
            broken.test:0 {
                bind 127.0.0.1
                prometheus 127.0.0.1:0
                acl {
                    drop type TXT
                }
            }
            silent.test:0 {
                bind 127.0.0.1
                whoami
            }
            """;

    @Test
    void queriesAreCountedByServerZoneProtocolAndType() throws Exception {
        try (var server = start(COREFILE);
                var client = new Client(server)) {
            client.udp(Ask.query(1, "who.test.", RecordType.A));
            client.udp(Ask.query(2, "a.who.test.", RecordType.A));
            client.tcp(dnssecOk("who.test.", RecordType.of(999)));
            client.udp(Ask.query(3, "broken.test.", RecordType.MX));
            client.udp(Ask.query(4, "elsewhere.", RecordType.AAAA));
            client.udp(Ask.query(4, 0, new Question(DomainName.of("broken.test."), RecordType.A, 3), Optional.empty()));
            client.udp(Ask.query(5, "silent.test.", RecordType.A));

            assertThat(scrape(server, "coredns_dns_.*(_total|_count)")).isEqualTo("""
                    coredns_dns_do_requests_total{server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    coredns_dns_request_duration_seconds_count{server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_dns_request_duration_seconds_count{server="dns://127.0.0.1:0",view="",zone="dropped"} 2
                    coredns_dns_request_duration_seconds_count{server="dns://127.0.0.1:0",view="",zone="who.test."} 3
                    coredns_dns_request_size_bytes_count{proto="tcp",server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    coredns_dns_request_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_dns_request_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="dropped"} 2
                    coredns_dns_request_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="who.test."} 2
                    coredns_dns_requests_total{family="1",proto="tcp",server="dns://127.0.0.1:0",type="other",view="",zone="who.test."} 1
                    coredns_dns_requests_total{family="1",proto="udp",server="dns://127.0.0.1:0",type="A",view="",zone="dropped"} 1
                    coredns_dns_requests_total{family="1",proto="udp",server="dns://127.0.0.1:0",type="A",view="",zone="who.test."} 2
                    coredns_dns_requests_total{family="1",proto="udp",server="dns://127.0.0.1:0",type="AAAA",view="",zone="dropped"} 1
                    coredns_dns_requests_total{family="1",proto="udp",server="dns://127.0.0.1:0",type="MX",view="",zone="broken.test."} 1
                    coredns_dns_response_size_bytes_count{proto="tcp",server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    coredns_dns_response_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_dns_response_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="dropped"} 2
                    coredns_dns_response_size_bytes_count{proto="udp",server="dns://127.0.0.1:0",view="",zone="who.test."} 2
                    coredns_dns_responses_total{plugin="",rcode="REFUSED",server="dns://127.0.0.1:0",view="",zone="dropped"} 2
                    coredns_dns_responses_total{plugin="",rcode="SERVFAIL",server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_dns_responses_total{plugin="whoami",rcode="NOERROR",server="dns://127.0.0.1:0",view="",zone="who.test."} 3
                    """);
        }
    }

    @Test
    void pluginsAreListedWhereMetricsAreOn() throws Exception {
        try (var server = start(COREFILE)) {
            assertThat(scrape(server, "plugin_enabled")).isEqualTo("""
                    coredns_plugin_enabled{name="acl",server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_plugin_enabled{name="errors",server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    coredns_plugin_enabled{name="prometheus",server="dns://127.0.0.1:0",view="",zone="broken.test."} 1
                    coredns_plugin_enabled{name="prometheus",server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    coredns_plugin_enabled{name="whoami",server="dns://127.0.0.1:0",view="",zone="who.test."} 1
                    """);
        }
    }

    @Test
    void aReloadCountsOnAndListsThePluginsOfTheNewCorefile() throws Exception {
        try (var server = start(COREFILE);
                var client = new Client(server)) {
            client.udp(Ask.query(1, "who.test.", RecordType.A));
            server.reload(plan(COREFILE.replace("errors", "log")));
            client.udp(Ask.query(1, "who.test.", RecordType.A));
            assertThat(scrape(server, "requests_total.*who.test")).endsWith(" 2\n");
            assertThat(scrape(server, "plugin_enabled.*who.test")).contains("name=\"log\"");
        }
    }

    @Test
    void theProcessAndTheJvmAreThere() throws Exception {
        try (var server = start(COREFILE)) {
            var names = scrape(server, "^(process|jvm)_")
                    .lines()
                    .map(line -> line.split("[{ ]")[0])
                    .collect(Collectors.toSet());
            assertThat(names)
                    .contains(
                            "process_cpu_seconds_total",
                            "process_open_fds",
                            "process_max_fds",
                            "process_resident_memory_bytes",
                            "process_start_time_seconds",
                            "jvm_memory_used_bytes",
                            "jvm_gc_collection_seconds_count");
        }
    }

    @Test
    void aScraperGetsOpenMetricsAndGzipIfItAcceptsThem() throws Exception {
        try (var server = start(COREFILE)) {
            var reply = get(server, "application/openmetrics-text;version=1.0.0", "gzip");
            assertThat(reply.headers().firstValue("content-type"))
                    .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8; escaping=underscores");
            assertThat(reply.headers().firstValue("content-encoding")).hasValue("gzip");
            var text = new String(
                    new GZIPInputStream(new ByteArrayInputStream(reply.body())).readAllBytes(), StandardCharsets.UTF_8);
            assertThat(text).contains("# TYPE coredns_panics counter\ncoredns_panics_total 0\n");
            assertThat(text).endsWith("# EOF\n");
        }
    }

    @Test
    void aWebConfigurationHasScrapesEncryptedAndAsksForCertificates(@TempDir Path folder) throws Exception {
        var ours = TestCertificate.make(folder, "ours", "EC");
        var scraper = TestCertificate.make(folder, "scraper", "EC");
        ours.write(folder.resolve("crt"), folder.resolve("key"));
        scraper.write(folder.resolve("ca"), folder.resolve("unused"));
        Files.writeString(folder.resolve("web.yml"), """
                tls_server_config:
                  cert_file: crt
                  key_file: key
                  client_auth_type: RequireAndVerifyClientCert
                  client_ca_file: ca
                """);
        try (var server = start(encrypted(folder))) {
            int port = server.probePorts().values().iterator().next();
            var uri = URI.create("https://127.0.0.1:" + port + "/metrics");
            try (var known = HttpClient.newBuilder()
                            .sslContext(TestCertificate.context(scraper, ours))
                            .build();
                    var unknown = HttpClient.newBuilder()
                            .sslContext(TestCertificate.anonymous(ours))
                            .build()) {
                var request = HttpRequest.newBuilder(uri).build();
                assertThat(known.send(request, HttpResponse.BodyHandlers.ofString())
                                .body())
                        .contains("coredns_build_info");
                assertThatThrownBy(() -> unknown.send(request, HttpResponse.BodyHandlers.ofString()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aWebConfigurationThatSaysWhatIsNotKeptIsRefused(@TempDir Path folder) throws Exception {
        Files.writeString(folder.resolve("web.yml"), """
                tls_server_config:
                  cert_file: crt
                  client_auth_type: Perhaps
                  min_version: TLS13
                basic_auth_users:
                  alice: x
                """);
        var file = folder.resolve("web.yml");
        assertThatThrownBy(() -> start(encrypted(folder)))
                .isInstanceOf(PluginStartException.class)
                .hasMessageContaining("prometheus, tls: " + file + ":")
                .hasMessageContaining("tls_server_config.key_file: found nothing; expected the path of a file")
                .hasMessageContaining(
                        "tls_server_config.client_auth_type: found Perhaps; expected one of NoClientCert, Re")
                .hasMessageContaining("tls_server_config.min_version: is not supported")
                .hasMessageContaining("basic_auth_users: is not supported");
    }

    private static String encrypted(Path folder) {
        return """
                who.test:0 {
                    bind 127.0.0.1
                    prometheus 127.0.0.1:0 {
                        tls %s
                    }
                    whoami
                }
                """.formatted(folder.resolve("web.yml"));
    }

    private static byte[] dnssecOk(String name, RecordType type) {
        return Ask.query(
                7,
                Header.RD,
                new Question(DomainName.of(name), type, 1),
                Optional.of(new Edns(1232, 0, true, List.of())));
    }

    /// The lines in which the pattern is found.
    private static String scrape(DnsServer server, String pattern) throws Exception {
        var finds = java.util.regex.Pattern.compile(pattern);
        return new String(get(server, "", "").body(), StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.startsWith("#") && finds.matcher(line).find())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static HttpResponse<byte[]> get(DnsServer server, String accept, String encoding)
            throws IOException, InterruptedException {
        int port = server.probePorts().values().iterator().next();
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"));
        if (!accept.isEmpty()) {
            request.header("Accept", accept);
        }
        if (!encoding.isEmpty()) {
            request.header("Accept-Encoding", encoding);
        }
        try (var client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
        }
    }

    private static DnsServer start(String corefile) {
        var plan = plan(corefile);
        return DnsServer.start(DnsServerConfig.of(
                plan, CorefileOrigin.fixed(plan), (api, limits, scope, observer) -> new HandSource()));
    }

    private static ServerPlan plan(String corefile) {
        ImportResolver none = (file, pattern) -> new ImportResolver.Resolution.Files(List.of());
        return switch (ServerPlan.read("Corefile", corefile, variable -> Optional.empty(), none, 0)) {
            case PlanRead.Planned(var plan) -> plan;
            case PlanRead.Failed failed -> throw new AssertionError(failed.problems());
        };
    }
}
