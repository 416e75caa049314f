package io.waymark.proxy.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.source.document.DocumentProblem;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// What a `KubeProxyConfiguration` means, and what is said of one that means nothing.
class ConfigReaderTest {
    private static final String HEAD = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n";

    @ParameterizedTest
    @EnumSource(ProxyMode.class)
    void anEmptyConfigurationIsTheDefaultsOfItsMode(ProxyMode mode) {
        assertThat(sound("mode: " + mode.text()).config()).isEqualTo(ProxyConfig.defaults(mode));
    }

    @ParameterizedTest
    @EnumSource(ProxyMode.class)
    void whatIsWrittenIsReadAsTheSame(ProxyMode mode) {
        var config = sound("mode: " + mode.text()
                        + "\nnodePortAddresses: [10.0.0.0/8]\nclusterCIDR: 10.244.0.0/16,fd00::/56\noomScoreAdj: 5\n"
                        + "conntrack: {udpTimeout: 1m30s}\nhealthzBindAddress: '[::]:10256'")
                .config();
        var octets = ConfigText.of(config).getBytes(StandardCharsets.UTF_8);
        assertThat(ConfigReader.read("again", octets)).isEqualTo(new ConfigRead.Sound(config, List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            # text                                               | where, and what is said
            mode: userspace                                      | 3:7: mode: found userspace; expected iptables, ipvs, nftables, or nothing, which means iptables
            bindAddress: node-1                                  | 3:14: bindAddress: found node-1; expected an IP address, such as 10.96.0.10 or fd00::10
            clusterCIDR: 10.244.0.0/33                           | 3:14: clusterCIDR: found 10.244.0.0/33; expected a prefix, such as 10.244.0.0/16 or fd00:10:244::/56
            clusterCIDR: 10.0.0.0/16,10.1.0.0/16                 | 3:14: clusterCIDR: found 10.0.0.0/16,10.1.0.0/16; expected a prefix, or one of each family, such as 10.244.0.0/16,fd00:10:244::/56
            detectLocalMode: Bridge                              | 3:18: detectLocalMode: found Bridge; expected ClusterCIDR, NodeCIDR, BridgeInterface or InterfaceNamePrefix
            detectLocalMode: BridgeInterface                     | 1:1: detectLocal.bridgeInterface: found nothing; expected the name of an interface or its beginning, at most 15 letters
            iptables: {masqueradeBit: 32}                        | 3:27: iptables.masqueradeBit: found 32; expected a whole number from 0 to 31
            iptables: {minSyncPeriod: -1s}                       | 3:27: iptables.minSyncPeriod: found -1s; expected a time of zero or more, such as 30s or 1m30s
            iptables: {syncPeriod: 1s, minSyncPeriod: 2s}        | 3:24: iptables.syncPeriod: it is less than minSyncPeriod; expected at least as much: raise it, or lower the other
            conntrack: {min: -1}                                 | 3:18: conntrack.min: found -1; expected a whole number from 0 to 999999999
            conntrack: {tcpEstablishedTimeout: 5}                | 3:36: conntrack.tcpEstablishedTimeout: found 5; expected text, so write QUOTED in quotes
            oomScoreAdj: 1001                                    | 3:14: oomScoreAdj: found 1001; expected a whole number from -1000 to 1000
            nodePortAddresses: [primary, 10.0.0.0/8]             | 3:20: nodePortAddresses: found primary beside prefixes; expected primary alone, or prefixes alone
            nodePortAddresses: [10.0.0.1]                        | 3:21: nodePortAddresses[0]: found 10.0.0.1; expected a prefix, such as 10.244.0.0/16 or fd00:10:244::/56
            healthzBindAddress: localhost:10256                  | 3:21: healthzBindAddress: found localhost:10256; expected ADDRESS:PORT, such as 0.0.0.0:10256 or [::]:10256
            metricsBindAddress: '::1:10249'                      | 3:21: metricsBindAddress: found ::1:10249; expected ADDRESS:PORT, such as 127.0.0.1:10249 or [::]:10249
            hostnameOverride: ' '                                | 3:19: hostnameOverride: found blanks; expected the name of this Node, or nothing for that of the host
            clientConnection: {burst: -1}                        | 3:27: clientConnection.burst: found -1; expected a whole number from 0 to 999999999
            clientConnection: {qps: many}                        | 3:25: clientConnection.qps: found many; expected a number
            """)
    void aProblemIsToldAtItsPlaceWithWhatIsAllowed(String text, String said) {
        assertThat(problems(text))
                .map(DocumentProblem::toString)
                .containsExactly("proxy.yaml:" + said.replace("QUOTED", "\"5\""));
    }

    @Test
    void allProblemsAreToldAtOnceInTheOrderOfTheText() {
        assertThat(problems("mode: nft\noomScoreAdj: x\nconntrack:\n  min: -1\n"))
                .map(DocumentProblem::line)
                .containsExactly(3, 4, 6);
    }

    @Test
    void periodsOfModesThatAreNotInUseAreNotLookedAt() {
        assertThat(sound("mode: nftables\niptables: {syncPeriod: 0s, minSyncPeriod: -1s}")
                        .config())
                .isEqualTo(ProxyConfig.defaults(ProxyMode.NFTABLES));
    }

    @Test
    void zeroAndNothingStandForTheDefault() {
        assertThat(sound(
                                "iptables: {syncPeriod: 0s}\nconfigSyncPeriod: 0s\nhealthzBindAddress: ''\nmetricsBindAddress: 127.0.0.1")
                        .config())
                .isEqualTo(ProxyConfig.defaults(ProxyMode.IPTABLES));
    }

    @Test
    void anUnknownFieldIsAWarningThatNamesTheNearest() {
        assertThat(sound("bindAddres: 1.2.3.4\nipvs: {schedular: rr}").warnings())
                .map(DocumentProblem::toString)
                .containsExactly(
                        "proxy.yaml:3:13: bindAddres: no such field, it has no effect; did you mean bindAddress?",
                        "proxy.yaml:4:19: ipvs.schedular: no such field, it has no effect; did you mean scheduler?");
    }

    @Test
    void featureGatesAreAcceptedWithAWarning() {
        assertThat(sound("featureGates: {AllAlpha: true}").warnings())
                .map(DocumentProblem::message)
                .containsExactly("featureGates: gates of kube-proxy have no effect here; the field can go");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            ""                               | found no document; expected one KubeProxyConfiguration
            "kind: ConfigMap"                | kind: found ConfigMap; expected KubeProxyConfiguration
            "a: [b"                          | not YAML: expected ',' or ']', but got <stream end> while parsing a flow sequence
            """)
    void aFileThatIsSomethingElseIsRefused(String text, String said) {
        var read = ConfigReader.read("proxy.yaml", text.getBytes(StandardCharsets.UTF_8));
        assertThat(read)
                .isInstanceOfSatisfying(
                        ConfigRead.Failed.class,
                        failed -> assertThat(failed.problems())
                                .map(DocumentProblem::message)
                                .contains(said));
    }

    private static ConfigRead.Sound sound(String text) {
        return (ConfigRead.Sound) read(text);
    }

    private static List<DocumentProblem> problems(String text) {
        return ((ConfigRead.Failed) read(text)).problems();
    }

    private static ConfigRead read(String text) {
        return ConfigReader.read("proxy.yaml", (HEAD + text + "\n").getBytes(StandardCharsets.UTF_8));
    }
}
