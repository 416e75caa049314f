package io.waymark.testzones.proxying;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.config.ConfigRead;
import io.waymark.proxy.config.ConfigReader;
import io.waymark.proxy.config.ConfigText;
import io.waymark.proxy.config.FlagReader;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The same flags and files before the real kube-proxy and before us: what is made of them, letter for
/// letter as `--write-config-to` writes it, and which of them are refused.
class ConfigDifferentialTest {
    private static final String HEAD = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--proxy-mode=",
                "--proxy-mode=nftables",
                "--proxy-mode=ipvs --masquerade-all=true --ipvs-exclude-cidrs=10.0.0.0/8,fd00::/8 --ipvs-strict-arp=true",
                "--proxy-mode=nftables --masquerade-all=true --iptables-masquerade-bit=20 --iptables-sync-period=1m",
                "--proxy-mode=nftables --nodeport-addresses=10.0.0.0/8,fd00::/8 --iptables-min-sync-period=5s",
                "--ipvs-sync-period=7s --iptables-sync-period=9s --iptables-localhost-nodeports=false",
                "--cluster-cidr=10.0.0.0/8,fd00::/8 --healthz-bind-address=[::]:10256 --hostname-override=Foo",
                "--cluster-cidr=10.0.0.0/8 --detect-local-mode=NodeCIDR --kube-api-qps=2.5 --kube-api-burst=7",
                "--detect-local-mode=BridgeInterface --pod-bridge-interface=cni0 --bind-address=:: -v=4",
                "--detect-local-mode=InterfaceNamePrefix --pod-interface-name-prefix=veth --logging-format=json",
                "--conntrack-max-per-core=0 --conntrack-min=5 --conntrack-tcp-be-liberal=true --conntrack-udp-timeout=90s",
                "--conntrack-tcp-timeout-established=36h --conntrack-tcp-timeout-close-wait=1500ms",
                "--ipvs-scheduler=wrr --ipvs-tcp-timeout=1h --ipvs-tcpfin-timeout=2m --ipvs-udp-timeout=5s",
                "--oom-score-adj=-5 --profiling=true --bind-address-hard-fail=true --config-sync-period=90s",
                "--metrics-bind-address=0.0.0.0:10249 --kubeconfig=/var/lib/kube-proxy/kubeconfig.conf",
                "--nodeport-addresses=primary"
            })
    void flagsMeanWhatTheyMeanToKubeProxy(String flags) throws IOException {
        var given = new LinkedHashMap<String, String>();
        for (var flag : flags.split(" ")) {
            int equals = flag.indexOf('=');
            given.put(flag.substring(0, equals), flag.substring(equals + 1));
        }
        assertThat(text(FlagReader.read(given))).isEqualTo(theirs(List.of(flags.split(" "))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "mode: ''",
                "mode: nftables\nnftables: {syncPeriod: 7s, masqueradeAll: true, masqueradeBit: 3}",
                "mode: iptables\nnftables: {syncPeriod: 7s, masqueradeAll: true, masqueradeBit: 3}",
                "mode: ipvs\niptables: {masqueradeAll: true, syncPeriod: 3s}\nipvs: {minSyncPeriod: 0s, scheduler: lc}",
                "mode: nftables\nnodePortAddresses: []",
                "hostnameOverride: ' Node-1 '\nclusterCIDR: ''\nconntrack: {maxPerCore: null, min: 0}",
                "bindAddres: 10.0.0.1\nbindAddress: 10.0.0.1\nunknown: {a: b}",
                "winkernel: {enableDSR: true}\nportRange: 30000-32767\nmode: iptables",
                "logging: {format: json, verbosity: 3}\nclientConnection: {qps: 50, burst: 100}",
                "healthzBindAddress: '::'\nmetricsBindAddress: 10.0.0.1\niptables: {syncPeriod: 0s, minSyncPeriod: 0s}",
                "conntrack: {tcpEstablishedTimeout: 0s, maxPerCore: 0}\noomScoreAdj: 0\nnftables: {masqueradeBit: -1}",
                "clientConnection: {qps: 0, burst: 0, contentType: ''}\nconfigSyncPeriod: 0s",
                "healthzBindAddress: ''\nmetricsBindAddress: '[::1]:10249'\nconfigSyncPeriod: 1h30m"
            })
    void aFileMeansWhatItMeansToKubeProxy(String body) throws IOException {
        var text = text(read(body));
        var theirs = theirs(List.of("--config", file(body).toString()));
        assertThat(text.lines().filter(line -> !isIgnored(line)))
                .containsExactlyElementsOf(
                        theirs.lines().filter(line -> !isIgnored(line)).toList());
    }

    /// Fields that change nothing here are written with their defaults.
    private static boolean isIgnored(String line) {
        return line.startsWith("portRange:") || line.startsWith("  enableDSR:");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            mode: userspace
            bindAddress: node-1
            clusterCIDR: 10.244.0.0/33
            clusterCIDR: 10.0.0.0/16,10.1.0.0/16
            detectLocalMode: Bridge
            detectLocalMode: BridgeInterface
            iptables: {masqueradeBit: 32}
            iptables: {minSyncPeriod: -1s}
            iptables: {syncPeriod: 1s, minSyncPeriod: 2s}
            iptables: {syncPeriod: often}
            {mode: nftables, nftables: {masqueradeBit: -1}}
            {mode: ipvs, ipvs: {excludeCIDRs: ['10.0.0.1']}}
            {mode: ipvs, ipvs: {tcpTimeout: -1s}}
            conntrack: {min: -1}
            conntrack: {tcpEstablishedTimeout: -1s}
            conntrack: {udpTimeout: -1s}
            oomScoreAdj: 1001
            nodePortAddresses: [primary, 10.0.0.0/8]
            nodePortAddresses: ['10.0.0.1']
            metricsBindAddress: '::1:10249'
            clientConnection: {burst: -1}
            logging: {format: xml}
            mode: [iptables]
            """)
    void whatKubeProxyRefusesIsRefused(String body) throws IOException {
        assertThat(read(body)).as("ours").isInstanceOf(ConfigRead.Failed.class);
        assertThat(said(List.of("--config", file(body).toString())))
                .as("kube-proxy's")
                .contains("command failed");
    }

    private static ConfigRead read(String body) {
        return ConfigReader.read("proxy.yaml", whole(body).getBytes(StandardCharsets.UTF_8));
    }

    private static String whole(String body) {
        return HEAD
                + (body.startsWith("{")
                        ? body.substring(1, body.length() - 1).replaceFirst(", (?=[a-z]+[A-Za-z]*: \\{)", "\n")
                        : body)
                + "\n";
    }

    private Path file(String body) throws IOException {
        return Files.writeString(folder.resolve("proxy.yaml"), whole(body));
    }

    private static String text(ConfigRead read) {
        assertThat(read).isInstanceOf(ConfigRead.Sound.class);
        return ConfigText.of(((ConfigRead.Sound) read).config());
    }

    private String theirs(List<String> flags) throws IOException {
        var said = said(flags);
        var file = folder.resolve("written.yaml");
        assertThat(file).as(said).exists();
        return Files.readString(file);
    }

    private String said(List<String> flags) {
        var command = new ArrayList<String>();
        command.add(Peers.require("kube-proxy").toString());
        command.addAll(flags);
        command.add("--write-config-to=" + folder.resolve("written.yaml"));
        return Program.output(Duration.ofSeconds(20), command);
    }
}
