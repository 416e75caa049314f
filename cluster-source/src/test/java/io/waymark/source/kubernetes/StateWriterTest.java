package io.waymark.source.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.cluster.ClusterChange;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterListener;
import io.waymark.records.cluster.ClusterState;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.Service;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateWriterTest {
    private static final ResourceKind KIND = ResourceKind.SERVICES;

    private final List<String> told = new ArrayList<>();
    private final List<String> log = new ArrayList<>();
    private final StateWriter writer = new StateWriter(
            EnumSet.of(KIND, ResourceKind.NAMESPACES),
            new ClusterListener() {
                @Override
                public void changed(ClusterState state, ClusterChange change) {
                    var of = (ClusterChange.OfService) change;
                    told.add(
                            of.after().isPresent()
                                    ? "+" + of.name().name()
                                    : "-" + of.name().name());
                }

                @Override
                public void synced(ClusterState state) {
                    told.add("synced");
                }
            },
            log::add);

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
        writer.apply(new Step.Watched(KIND, List.of(deltas), version));
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
