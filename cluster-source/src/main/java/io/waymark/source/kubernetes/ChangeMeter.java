package io.waymark.source.kubernetes;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.Service;
import io.waymark.source.ChangeTime;
import io.waymark.source.ChangeTime.Clock;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceEvent.ServiceKind;
import io.waymark.source.SourceObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.LongSupplier;

/// Says how long changes took that a watch brought. Objects of a list are not measured, for nobody
/// waited for them: they changed before anybody watched. Neither are removals, which have no time.
final class ChangeMeter {
    private final SourceObserver observer;
    private final InstantSource clock;
    private final LongSupplier nanoTime;

    ChangeMeter(SourceObserver observer, InstantSource clock, LongSupplier nanoTime) {
        this.observer = observer;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// The listener has been told of the change.
    /// @param readAt as in [Step.Watched]
    void told(ResourceKind kind, ClusterState state, Step.Change change, long readAt) {
        observer.saw(new SourceEvent.Servable(kind.resource(), Duration.ofNanos(nanoTime.getAsLong() - readAt)));
        if (change.time().isKnown()) {
            serviceKind(state, change)
                    .ifPresent(service -> observer.saw(
                            new SourceEvent.Programmed(service, change.time().clock(), since(change.time()))));
        }
    }

    /// Clocks of two machines: what seems to lie in the future took no time.
    private Duration since(ChangeTime time) {
        var after = Duration.between(time.at(), clock.instant());
        return after.isNegative() ? Duration.ZERO : after;
    }

    /// Empty for a change that no name depends on: that of a headless Service, which is known by its
    /// slices, and of slices whose Service is not known.
    private static Optional<ServiceKind> serviceKind(ClusterState state, Step.Change change) {
        return switch (change.delta()) {
            case ClusterDelta.PutService put ->
                switch (put.service()) {
                    case Service.ClusterIp service -> Optional.of(ServiceKind.CLUSTER_IP);
                    case Service.ExternalName service -> Optional.of(ServiceKind.EXTERNAL_NAME);
                    case Service.Headless service -> Optional.empty();
                };
            case ClusterDelta.PutSlice(var slice) ->
                state.service(slice.serviceName())
                        .flatMap(service -> kindOf(service, change.time().clock()));
            case ClusterDelta.PutNamespace namespace -> Optional.empty();
            case ClusterDelta.PutPod pod -> Optional.empty();
            case ClusterDelta.RemoveService service -> Optional.empty();
            case ClusterDelta.RemoveSlice slice -> Optional.empty();
            case ClusterDelta.RemoveNamespace namespace -> Optional.empty();
            case ClusterDelta.RemovePod pod -> Optional.empty();
            case ClusterDelta.PutNode node -> Optional.empty();
            case ClusterDelta.RemoveNode node -> Optional.empty();
            case ClusterDelta.PutServiceCidr cidr -> Optional.empty();
            case ClusterDelta.RemoveServiceCidr cidr -> Optional.empty();
        };
    }

    /// Only the controller stamps slices with its own clock, and it makes them by a selector.
    private static Optional<ServiceKind> kindOf(Service service, Clock clock) {
        return switch (service) {
            case Service.ClusterIp clusterIp -> Optional.of(ServiceKind.CLUSTER_IP);
            case Service.Headless headless ->
                Optional.of(
                        switch (clock) {
                            case CONTROLLER -> ServiceKind.HEADLESS_WITH_SELECTOR;
                            case API_SERVER -> ServiceKind.HEADLESS_WITHOUT_SELECTOR;
                        });
            case Service.ExternalName external -> Optional.empty();
        };
    }
}
