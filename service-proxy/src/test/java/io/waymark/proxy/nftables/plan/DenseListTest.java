package io.waymark.proxy.nftables.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.proxy.rules.Backend;
import io.waymark.records.address.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenseListTest {
    private static List<Backend> backends(String letters) {
        return letters.strip()
                .chars()
                .mapToObj(letter -> new Backend(new IpAddress.V4(letter), 80))
                .toList();
    }

    private static String letters(DenseList list) {
        var text = new StringBuilder();
        for (var backend : list.backends()) {
            text.append((char) ((IpAddress.V4) backend.address()).bits());
        }
        return text.toString();
    }

    @ParameterizedTest(name = "{0} and then {1} is {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # before | wanted | after | because
            ''       | abc    | abc   | they come in their order
            abcd     | dcba   | abcd  | the order means nothing
            abcd     | abcde  | abcde | a new one goes to the end
            abcd     | acd    | adc   | the last one goes into the hole
            abcd     | abc    | abc   | the last one leaves no hole
            abcd     | axcd   | axcd  | a new one goes into the hole
            abcdef   | bdf    | fbd   | the last ones that stay go into the first holes
            abc      | ''     | ''    | nobody is left
            abc      | xyz    | xyz   | all are replaced
            ab       | xyz    | xyz   | and more come
            """)
    void changesAsFewIndicesAsItCan(String before, String wanted, String after, String because) {
        var list = DenseList.EMPTY.with(backends(before)).with(backends(wanted));
        assertThat(letters(list)).as(because).isEqualTo(after);
    }

    @Test
    void alwaysHasExactlyWhatIsWanted() {
        var chance = new Random(17);
        var list = DenseList.EMPTY;
        for (int i = 0; i < 5000; i++) {
            var wanted = new ArrayList<Backend>();
            for (var backend : backends("abcdefghijkl")) {
                if (chance.nextInt(3) > 0) {
                    wanted.add(backend);
                }
            }
            list = list.with(wanted);
            assertThat(list.backends()).doesNotHaveDuplicates();
            assertThat(new HashSet<>(list.backends())).isEqualTo(new HashSet<>(wanted));
        }
    }
}
