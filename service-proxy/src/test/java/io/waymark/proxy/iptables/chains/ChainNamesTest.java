package io.waymark.proxy.iptables.chains;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.Backend;
import io.waymark.proxy.rules.ServicePortKey;
import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Names as kube-proxy gives them: other programs look for them.
class ChainNamesTest {
    @ParameterizedTest(name = "{0}/{1}:{2} {3} is {4}")
    @CsvSource(textBlock = """
            ns1,         svc1,       p80,   TCP, XPGD46QRK7WJZT7O
            default,     kubernetes, https, TCP, NPX46M4PTMTKRN6Y
            kube-system, kube-dns,   dns,   UDP, TCOU7JCQXEZGVUNU
            """)
    void aServicePortHasItsHash(String namespace, String name, String port, Protocol protocol, String hash) {
        var key = new ServicePortKey(new NamespacedName(namespace, name), port, protocol, IpFamily.IPV4);
        assertThat(ChainNames.service(key)).isEqualTo("KUBE-SVC-" + hash);
        assertThat(ChainNames.local(key)).isEqualTo("KUBE-SVL-" + hash);
        assertThat(ChainNames.external(key)).isEqualTo("KUBE-EXT-" + hash);
        assertThat(ChainNames.sources(key)).isEqualTo("KUBE-FW-" + hash);
    }

    @Test
    void anEndpointHasOneOfItsOwn() {
        var key = new ServicePortKey(new NamespacedName("ns1", "svc1"), "p80", Protocol.TCP, IpFamily.IPV4);
        assertThat(ChainNames.endpoint(key, new Backend(IpAddress.of("10.180.0.1"), 80)))
                .isEqualTo("KUBE-SEP-SXIVWICOYRO3J4NJ");
    }
}
