package io.waymark.proxy.health;

import io.waymark.proxy.http.HttpReply;
import io.waymark.records.cluster.NamespacedName;

/// What a node says of one Service to whoever may send it connections, as kube-proxy words it.
final class HealthPage {
    private HealthPage() {}

    /// @param backends how many on this node are ready
    /// @param healthy  whether changes reach the kernel here
    static HttpReply of(NamespacedName service, int backends, boolean healthy) {
        var body = """
                {
                	"service": {
                		"namespace": "%s",
                		"name": "%s"
                	},
                	"localEndpoints": %d,
                	"serviceProxyHealthy": %s
                }""".formatted(service.namespace(), service.name(), backends, healthy);
        return HttpReply.of(backends > 0 && healthy ? 200 : 503, "application/json", body)
                .with("X-Load-Balancing-Endpoint-Weight", Integer.toString(backends));
    }
}
