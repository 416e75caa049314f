package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.source.RecordedSource;
import io.waymark.source.SourceScope;
import io.waymark.source.kubernetes.ScriptedApi.Faults;
import io.waymark.source.kubernetes.pace.RequestLimits;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the data path of a node asks an API server for.
@Timeout(60)
class DataPathRequestsTest {
    private final ApiWorld world = new ApiWorld(1);

    @Test
    void onlyWhatTheRoleOfANodeProxyAllowsIsAskedFor() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE);
                var _ = RecordedSource.startSynced(source(api))) {
            assertThat(lists(api))
                    .containsExactlyInAnyOrder(
                            "/api/v1/services?" + NOT_FOR_OTHERS,
                            "/apis/discovery.k8s.io/v1/endpointslices?" + NOT_FOR_OTHERS,
                            "/api/v1/nodes?&fieldSelector=metadata.name%3Dhere",
                            "/apis/networking.k8s.io/v1/servicecidrs?");
        }
    }

    private static final String NOT_FOR_OTHERS =
            "&labelSelector=%21service.kubernetes.io%2Fheadless%2C%21service.kubernetes.io%2Fservice-proxy-name";

    private static List<String> lists(ScriptedApi api) {
        return api.requests().stream()
                .filter(target -> !target.contains("watch=true"))
                .map(target -> target.replaceAll("resourceVersion=[0-9]*", ""))
                .toList();
    }

    @Test
    void aServerWithoutServiceCidrsKeepsNobodyWaiting() throws Exception {
        try (var api = new ScriptedApi(world, Faults.NONE)) {
            api.uninstall(ResourceKind.SERVICE_CIDRS);
            try (var source = RecordedSource.start(source(api))) {
                assertThat(source.awaitSync())
                        .as("all that an empty cluster has")
                        .isEmpty();
            }
        }
    }

    @Test
    void noOtherKindMayBeMissing() {
        assertThat(ResourceKind.values())
                .filteredOn(kind -> kind.isMissing(404))
                .containsExactly(ResourceKind.SERVICE_CIDRS, ResourceKind.SERVICE_IMPORTS);
        assertThat(ResourceKind.values())
                .filteredOn(kind -> kind.isMissing(403))
                .containsExactly(ResourceKind.SERVICE_CIDRS);
    }

    private static KubernetesSource source(ScriptedApi api) {
        return new KubernetesSource(
                KubernetesConfig.ofEndpoint(api.uri()), RequestLimits.NONE, SourceScope.dataPath("here"));
    }
}
