package io.waymark.source.kubernetes;

import io.waymark.source.kubernetes.protobuf.ApiStatus;
import java.io.IOException;

/// The API server answered, and said no: to the request, or by an ERROR event within a watch.
final class Refusal extends IOException {
    private static final long serialVersionUID = 1;

    private final transient ApiStatus status;

    Refusal(ApiStatus status, ResourceKind kind) {
        super(status + advice(status.code(), kind));
        this.status = status;
    }

    /// Whether the version asked for is not to be had, and only a new list helps. A server that is
    /// behind that version, as after a restore, answers 504 to a list.
    boolean isExpired() {
        return status.isExpired() || status.code() == 504;
    }

    /// Whether it does not know us.
    boolean isUnauthorized() {
        return status.code() == 401;
    }

    private static String advice(int code, ResourceKind kind) {
        return switch (code) {
            case 401 ->
                " (the token or client certificate is not accepted; is it of this cluster, and has it expired?)";
            case 403 -> " (a ClusterRole bound to this user must allow list and watch of " + kind.resource() + ")";
            case 404 -> " (this server does not have " + kind.resource() + "; " + remedy(kind) + ")";
            case 406 -> " (this server does not speak protobuf)";
            default -> "";
        };
    }

    private static String remedy(ResourceKind kind) {
        return switch (kind) {
            case SERVICE_IMPORTS ->
                "the zones of multicluster are empty until the CustomResourceDefinitions of the Multi-Cluster"
                        + " Services API, v1alpha1, are installed";
            case SERVICE_CIDRS ->
                "Kubernetes has them from 1.33 on; without them packets to addresses that no Service has are not"
                        + " stopped";
            case SERVICES, ENDPOINT_SLICES, NAMESPACES, PODS, NODES ->
                "is it the API server of a Kubernetes 1.21 or later?";
        };
    }
}
