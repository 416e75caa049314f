package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Service;
import io.waymark.source.ChangeTime;
import io.waymark.source.ChangeTime.Clock;
import io.waymark.source.SourceEvent;
import io.waymark.source.SourceEvent.ServiceKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateWriterTest {
    private static final ResourceKind KIND = ResourceKind.SERVICES;
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:10.250Z");

    private final List<String> told = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final List<SourceEvent> events = new ArrayList<>();
    private final StateWriter writer = new StateWriter(
            EnumSet.of(KIND, ResourceKind.NAMESPACES),
            new ClusterListener() {
                @Override
                public void changed(ClusterState state, ClusterChange change) {
                    if (change instanceof ClusterChange.OfService of) {
                        told.add(
                                of.after().isPresent()
                                        ? "+" + of.name().name()
                                        : "-" + of.name().name());
                    }
                }

                @Override
                public void synced(ClusterState state) {
                    told.add("synced");
                }
            },
            log::add,
            new ChangeMeter(events::add, () -> NOW, () -> 500));

    private static ClusterDelta put(String name, long version) {
        var full = new NamespacedName("shop", name);
        return new ClusterDelta.PutService(
                new Service.Headless(full, new Origin.Api(1, name.hashCode(), version), List.of()));
    }

    private static ClusterDelta remove(String name) {
        return new ClusterDelta.RemoveService(new NamespacedName("shop", name));
    }

    private void list(long version, ClusterDelta... deltas) {
        writer.apply(new Step.ListBegun(KIND));
        writer.apply(new Step.Listed(KIND, List.of(deltas)));
        writer.apply(new Step.ListEnded(KIND, version));
    }

    private void watch(long version, ClusterDelta... deltas) {
        var changes = Arrays.stream(deltas)
                .map(delta -> new Step.Change(delta, ChangeTime.UNKNOWN))
                .toList();
        writer.apply(new Step.Watched(KIND, changes, version, 100));
    }

    private void watch(ResourceKind kind, ClusterDelta delta, Clock clock) {
        var time = new ChangeTime(Instant.parse("2026-11-23T12:00:10Z"), clock);
        writer.apply(new Step.Watched(kind, List.of(new Step.Change(delta, time)), 20, 100));
    }

    private static ClusterDelta slice(String service) {
        return new ClusterDelta.PutSlice(new EndpointSlice(
                new NamespacedName("shop", service + "-x"),
                new Origin.Api(3, 3, 20),
                service,
                List.of(),
                Endpoints.NONE));
    }

    @Test
    void aChangeIsMeasuredByTheClockOfWhoeverStampedIt() {
        var clusterIp = new Service.ClusterIp(
                new NamespacedName("shop", "web"),
                new Origin.Api(4, 4, 4),
                List.of(IpAddress.of("10.96.0.1")),
                List.of());
        var alias = new Service.ExternalName(new NamespacedName("shop", "out"), new Origin.Api(5, 5, 20), "www.test");
        list(5, put("db", 1), new ClusterDelta.PutService(clusterIp));
        assertThat(events)
                .as("objects of a list changed before anybody watched")
                .isEmpty();

        watch(ResourceKind.ENDPOINT_SLICES, slice("db"), Clock.CONTROLLER);
        watch(ResourceKind.ENDPOINT_SLICES, slice("web"), Clock.CONTROLLER);
        watch(ResourceKind.ENDPOINT_SLICES, slice("unknown"), Clock.CONTROLLER);
        watch(KIND, new ClusterDelta.PutService(alias), Clock.API_SERVER);
        watch(KIND, new ClusterDelta.PutService(alias), Clock.API_SERVER);
        var after = Duration.ofMillis(250);
        assertThat(events)
                .as("the last changed nothing")
                .containsExactly(
                        new SourceEvent.Servable("endpointslices", Duration.ofNanos(400)),
                        new SourceEvent.Programmed(ServiceKind.HEADLESS_WITH_SELECTOR, Clock.CONTROLLER, after),
                        new SourceEvent.Servable("endpointslices", Duration.ofNanos(400)),
                        new SourceEvent.Programmed(ServiceKind.CLUSTER_IP, Clock.CONTROLLER, after),
                        new SourceEvent.Servable("endpointslices", Duration.ofNanos(400)),
                        new SourceEvent.Servable("services", Duration.ofNanos(400)),
                        new SourceEvent.Programmed(ServiceKind.EXTERNAL_NAME, Clock.API_SERVER, after));
    }

    @Test
    void itIsSyncedOnceWhenEachKindIsListed() {
        list(5, put("a", 3));
        assertThat(writer.isSynced()).isFalse();
        writer.apply(new Step.ListBegun(ResourceKind.NAMESPACES));
        writer.apply(new Step.ListEnded(ResourceKind.NAMESPACES, 6));
        list(7, put("a", 3));
        assertThat(told).containsExactly("+a", "synced");
        assertThat(writer.state().version()).isEqualTo(7);
    }

    @Test
    void aNewListPutsWhatIsNewAndRemovesWhatItDoesNotName() {
        list(5, put("a", 1), put("b", 2), put("c", 3));
        told.clear();
        list(9, put("b", 2), put("c", 8), put("d", 9));
        assertThat(told).containsExactly("+c", "+d", "-a");
    }

    @Test
    void aListThatIsCutRemovesNothing() {
        list(5, put("a", 1), put("b", 2));
        told.clear();
        writer.apply(new Step.ListBegun(KIND));
        writer.apply(new Step.Listed(KIND, List.of(put("b", 2))));
        list(6, put("a", 1), put("b", 2));
        assertThat(told).isEmpty();
    }

    @Test
    void whatTheFirstListNamedBeforeItWasCutIsRemovedIfTheSecondDoesNotNameIt() {
        writer.apply(new Step.ListBegun(KIND));
        writer.apply(new Step.Listed(KIND, List.of(put("a", 1))));
        list(6, put("b", 2));
        assertThat(told).containsExactly("+a", "+b", "-a");
    }

    @Test
    void anObjectThatCannotBeServedAnyMoreIsRemovedByAList() {
        list(5, put("a", 1));
        told.clear();
        list(6, remove("a"));
        assertThat(told).containsExactly("-a");
    }

    @Test
    void whatTheStateHasAlreadyChangesNothing() {
        list(5, put("a", 1));
        told.clear();
        watch(6, put("a", 1), remove("b"));
        watch(8);
        assertThat(told).isEmpty();
        assertThat(writer.state().version()).isEqualTo(8);
    }

    @Test
    void aListThatShowsTheWatchToHaveMissedSomethingIsLogged() {
        list(5, put("a", 1));
        watch(20);
        list(21, put("a", 7), put("b", 21));
        assertThat(log)
                .containsExactly("the watch of Services had missed 1 changes, such as that of shop/a;"
                        + " a new list mended it");
        list(22, put("a", 7), put("b", 21));
        assertThat(log).hasSize(1);
    }

    @Test
    void anObjectThatWasDeletedAndMadeAgainUnderItsNameIsAnother() {
        list(5, put("a", 1));
        told.clear();
        var again = new Service.Headless(new NamespacedName("shop", "a"), new Origin.Api(2, 2, 6), List.of());
        watch(6, new ClusterDelta.PutService(again));
        assertThat(told).containsExactly("+a");
    }
}
