package io.waymark.source.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.source.SourceScope;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What only the data path reads in manifests.
class TrafficManifestTest {
    private static final SourceScope DATA_PATH = SourceScope.dataPath("here");

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # field                                                      | problem
            externalTrafficPolicy: local                                 | spec.externalTrafficPolicy: found local; expected Cluster or Local
            internalTrafficPolicy: Any                                   | spec.internalTrafficPolicy: found Any; expected Cluster or Local
            sessionAffinity: Cookie                                      | spec.sessionAffinity: found Cookie; expected None or ClientIP
            sessionAffinityConfig: {clientIP: {timeoutSeconds: 86401}}   | spec.sessionAffinityConfig.clientIP.timeoutSeconds: found 86401; expected a whole number from 1 to 86400
            loadBalancerSourceRanges: [10.0.0.1]                         | spec.loadBalancerSourceRanges[0]: found 10.0.0.1; expected a prefix, such as 192.0.2.0/24 or 2001:db8::/32
            healthCheckNodePort: 70000                                   | spec.healthCheckNodePort: found 70000; expected a whole number from 0 to 65535
            """)
    void whatIsWrongIsAProblemOfTheDataPathOnly(String field, String problem) {
        var text = """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  clusterIP: 10.96.0.1
                  ports: [{port: 80}]
                  %s
                """.formatted(field);
        assertThat(read(text, DATA_PATH).rejected())
                .singleElement()
                .satisfies(rejected -> assertThat(rejected.problem().toString()).contains(problem));
        assertThat(read(text, SourceScope.DEFAULT).rejected()).isEmpty();
    }

    @Test
    void aNodePortOutOfRangeIsAProblem() {
        var text = """
                apiVersion: v1
                kind: Service
                metadata: {name: web}
                spec:
                  type: NodePort
                  ports: [{port: 80, nodePort: 99999}]
                """;
        assertThat(read(text, DATA_PATH).rejected()).hasSize(1);
        assertThat(read(text, SourceScope.DEFAULT).rejected()).isEmpty();
    }

    @Test
    void nodesAndServiceCidrsAreIgnoredWithoutADataPath() {
        var text = """
                apiVersion: v1
                kind: Node
                metadata: {name: here}
                ---
                apiVersion: networking.k8s.io/v1
                kind: ServiceCIDR
                metadata: {name: kubernetes}
                spec: {cidrs: [10.96.0.0/99]}
                """;
        assertThat(read(text, SourceScope.DEFAULT).ignored()).containsOnlyKeys("Node", "ServiceCIDR");
        var read = read(text, DATA_PATH);
        assertThat(read.objects()).hasSize(1);
        assertThat(read.rejected()).hasSize(1);
    }

    private static ManifestRead.Objects read(String text, SourceScope scope) {
        return (ManifestRead.Objects) ManifestReader.read("shop.yaml", text.getBytes(StandardCharsets.UTF_8), scope);
    }
}
