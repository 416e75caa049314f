package io.waymark.proxy.config;

import java.time.Duration;

/// How the API server is reached (`clientConnection`, `configSyncPeriod`).
/// @param kubeconfig empty: the service account of the Pod
/// @param qps        requests a second; negative: no bound
/// @param burst      how many may come at once
/// @param syncPeriod accepted as kube-proxy has it; what is known is verified by resourceVersion instead
public record ApiClient(
        String kubeconfig, String acceptContentTypes, String contentType, double qps, int burst, Duration syncPeriod) {
    public static final ApiClient DEFAULT =
            new ApiClient("", "", "application/vnd.kubernetes.protobuf", 5, 10, Duration.ofMinutes(15));
}
