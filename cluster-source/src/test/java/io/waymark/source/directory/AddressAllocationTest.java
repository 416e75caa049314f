package io.waymark.source.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.NamespacedName;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressAllocationTest {

    @ParameterizedTest(name = "{0} has {1}")
    @CsvSource(delimiter = '|', textBlock = """
            # range           | addresses to give | because
            10.96.0.0/24      | 253               | the first of all, the last and the one of default/kubernetes are kept
            fd00:10::/120     | 254               | IPv6 has no broadcast address
            """)
    void allOfARangeAreGivenOnce(String range, int count, String because) {
        var cidr = Cidr.of(range);
        var allocation = new AddressAllocation(cidr, Set.of());
        var first = allocation.first().orElseThrow();
        var given = new HashSet<IpAddress>();
        for (int i = 0; i < count; i++) {
            given.add(allocation.give(name(i)).orElseThrow());
        }
        assertThat(given).as(because).hasSize(count).doesNotContain(first).allMatch(cidr::contains);
        assertThat(allocation.give(name(count))).isEmpty();
    }

    @Test
    void theLowAddressesAreLeftToThoseWhoChooseTheirs() {
        var allocation = new AddressAllocation(Cidr.of("10.96.0.0/12"), Set.of());
        for (int i = 0; i < 5_000; i++) {
            assertThat(Cidr.of("10.96.0.0/24").contains(allocation.give(name(i)).orElseThrow()))
                    .isFalse();
        }
    }

    /// Two of ten thousand meet now and then; hardly more than chance wants (about 48) may move.
    @Test
    void hardlyAnyAddressDependsOnWhoElseIsThere() {
        var range = Cidr.of("10.96.0.0/12");
        var crowd = new AddressAllocation(range, Set.of());
        int moved = 0;
        for (int i = 0; i < 10_000; i++) {
            var alone = new AddressAllocation(range, Set.of()).give(name(i));
            moved += crowd.give(name(i)).equals(alone) ? 0 : 1;
        }
        assertThat(moved).isLessThan(100);
    }

    @Test
    void aClaimedFirstAddressIsNotGiven() {
        var allocation = new AddressAllocation(Cidr.of("10.96.0.0/12"), Set.of(IpAddress.of("10.96.0.1")));
        assertThat(allocation.first()).isEmpty();
    }

    private static NamespacedName name(int i) {
        return new NamespacedName("shop", "service-" + i);
    }
}
