package io.waymark.proxy.iptables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.iptables.chains.ChainRule;
import io.waymark.proxy.iptables.chains.Match;
import io.waymark.proxy.iptables.chains.Target;
import io.waymark.proxy.rules.Backend;
import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListOrderTest {
    private static Backend backend(int number) {
        return new Backend(IpAddress.of("10.0." + number / 250 + "." + (number % 250 + 1)), 80);
    }

    private static List<ChainRule> rules(List<Backend> backends) {
        var rules = new ArrayList<ChainRule>();
        for (int left = backends.size(); left > 0; left--) {
            var to = new Target.Dnat(backends.get(backends.size() - left));
            rules.add(left > 1 ? ChainRule.of(to, new Match.OneIn(left)) : ChainRule.of(to));
        }
        return rules;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 7, 4711})
    void aBackendMoreOrLessOfManyChangesFewRules(long seed) {
        var random = new Random(seed);
        var numbers = new ArrayList<Integer>();
        for (int i = 0; i < 100; i++) {
            numbers.add(i);
        }
        List<Backend> order = List.of();
        List<ChainRule> chain = List.of();
        for (int i = 100; i < 1100; i++) {
            if (random.nextBoolean() && numbers.size() > 70) {
                numbers.remove(random.nextInt(numbers.size()));
            } else {
                numbers.add(i);
            }
            var wanted = Backend.sortedByText(
                    numbers.stream().map(ListOrderTest::backend).toList());
            order = ListOrder.next(order, wanted);
            assertThat(order).containsExactlyInAnyOrderElementsOf(wanted);
            var next = rules(order);
            if (!chain.isEmpty()) {
                var edit = ChainEdit.between(chain, next).orElseThrow();
                assertThat(edit.deleted().size() + edit.inserted().size()).isLessThanOrEqualTo(3);
                assertThat(StrictChains.edited(chain, edit)).isEqualTo(next);
            }
            chain = next;
        }
    }

    @ParameterizedTest(name = "{0} of them")
    @ValueSource(ints = {1, 2, 64})
    void aShortListIsInTheOrderOfTexts(int size) {
        var wanted = new ArrayList<Backend>();
        for (int i = 0; i < size; i++) {
            wanted.add(backend(i));
        }
        var before = List.of(backend(7), backend(3));
        assertThat(ListOrder.next(before, wanted)).isEqualTo(wanted);
    }
}
