package io.waymark.records.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.waymark.records.gen.Gen;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// RFC 1035 §3.1 and §5.1, RFC 4343, RFC 4034 §6.1.
class DomainNameTest {
    private static final int NAMES = 5_000;

    @ParameterizedTest(name = "{0} is {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # text          | presentation    | because
            .               | .               | it is the root
            a.b.            | a.b.            | it is absolute
            a.b             | a.b.            | the last dot may be missing
            WWW.Example.    | www.example.    | letters have no case
            a\\.b.c.        | a\\.b.c.        | the dot belongs to the label
            \\097.          | a.              | an octet in decimal
            \\065.          | a.              | and its case is folded too
            \\000.          | \\000.          | zero is an octet like others
            \\255.          | \\255.          | and so is 255
            ÿ.              | \\255.          | a character is an octet
            \\a.            | a.              | a letter needs no escape
            \\\\.           | \\\\.           | the backslash itself
            a\\032b.        | a\\032b.        | a space
            _http._tcp.a.   | _http._tcp.a.   | underscores are plain
            *.a.            | *.a.            | and so are asterisks
            """)
    void parse(String text, String presentation, String because) {
        assertThat(DomainName.parse(text).orElseThrow()).as(because).hasToString(presentation);
    }

    @ParameterizedTest(name = "\"{0}\" is no name")
    @ValueSource(strings = {"", "..", ".a", "a..b", "a..", "\\", "a\\", "\\25", "\\256.", "\\2x5.", "ā.", "\\ā."})
    void noName(String text) {
        assertThat(DomainName.parse(text)).isEmpty();
    }

    @Test
    void aLabelHasAtMost63Octets() {
        assertThat(DomainName.parse("a".repeat(63) + ".b.")).isPresent();
        assertThat(DomainName.parse("a".repeat(63))).isPresent();
        assertThat(DomainName.parse("a".repeat(64) + ".b.")).isEmpty();
        assertThat(DomainName.parse("a".repeat(64))).isEmpty();
        assertThat(DomainName.parse("\\097".repeat(63))).isPresent();
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.ROOT.child("a".repeat(64)));
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.ROOT.child(""));
    }

    @ParameterizedTest(name = "three labels of 63 octets and one of {0}: {1}")
    @CsvSource({"60, true", "61, true", "62, false", "63, false"})
    void aNameHasAtMost255Octets(int last, boolean isName) {
        var three = ("a".repeat(63) + ".").repeat(3);
        assertThat(DomainName.parse(three + "b".repeat(last) + ".").isPresent()).isEqualTo(isName);
        assertThat(DomainName.parse(three + "b".repeat(last)).isPresent()).isEqualTo(isName);
    }

    @Test
    void aNameHasAtMost127Labels() {
        assertThat(DomainName.of("a.".repeat(127)).labelCount()).isEqualTo(127);
        assertThat(DomainName.parse("a.".repeat(128))).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of("a.".repeat(64)).under(DomainName.of("b.".repeat(64))));
    }

    @Test
    void thePresentationFormReadsBackToTheSameName() {
        var gen = Gen.seeded(1);
        for (int i = 0; i < NAMES; i++) {
            var name = gen.name();
            assertThat(DomainName.parse(name.toString())).hasValue(name);
        }
    }

    @Test
    void aNameIsItsLabelsAboveItsSuffix() {
        var gen = Gen.seeded(2);
        for (int i = 0; i < NAMES; i++) {
            var name = gen.name();
            int labels = name.labelCount();
            int cut = gen.between(0, labels);
            var suffix = name.suffix(cut);
            assertThat(name.slice(0, cut).under(suffix)).isEqualTo(name);
            assertThat(name.labelsBelow(suffix)).isEqualTo(cut);
            assertThat(suffix.labelCount()).isEqualTo(labels - cut);
            assertThat(suffix.hashCode())
                    .isEqualTo(DomainName.of(suffix.toString()).hashCode());
            if (cut > 0) {
                assertThat(name.suffix(cut - 1)).isEqualTo(suffix.child(name.label(cut - 1)));
                assertThat(suffix.isWithin(name)).isFalse();
            }
        }
    }

    @ParameterizedTest(name = "{0} below {1}: {2}")
    @CsvSource({
        "a.b.c., c., 2",
        "a.b.c., ., 3",
        "a.b.c., a.b.c., 0",
        "ab.c., b.c., -1",
        "c., a.c., -1",
        "., ., 0",
        "b.a., c.a., -1"
    })
    void labelsBelow(String name, String ancestor, int labels) {
        assertThat(DomainName.of(name).labelsBelow(DomainName.of(ancestor))).isEqualTo(labels);
    }

    @Test
    void theOrderIsThatOfRfc4034() {
        var inOrder = Stream.of(
                        "example.",
                        "a.example.",
                        "yljkjljk.a.example.",
                        "Z.a.example.",
                        "zABC.a.EXAMPLE.",
                        "z.example.",
                        "\\001.z.example.",
                        "*.z.example.",
                        "\\200.z.example.")
                .map(DomainName::of)
                .toList();
        var shuffled = new ArrayList<>(inOrder);
        Collections.reverse(shuffled);
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(inOrder);
    }

    @Test
    void octetsThatAreNoNameAreRefused() {
        for (var octets : List.of(new byte[0], new byte[] {1, 'a'}, new byte[256])) {
            assertThatIllegalArgumentException().isThrownBy(() -> DomainName.ofWire(octets, 0, octets.length));
        }
    }
}
