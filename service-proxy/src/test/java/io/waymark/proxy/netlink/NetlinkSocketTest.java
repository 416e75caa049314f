package io.waymark.proxy.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.waymark.proxy.netlink.BatchResult.Committed;
import io.waymark.proxy.netlink.BatchResult.Refused;
import io.waymark.proxy.netlink.nft.DataType;
import io.waymark.proxy.netlink.nft.Element;
import io.waymark.proxy.netlink.nft.NfFamily;
import io.waymark.proxy.netlink.nft.NftReader;
import io.waymark.proxy.netlink.nft.Octets;
import io.waymark.proxy.netlink.nft.SetSpec;
import io.waymark.proxy.netlink.nft.TableWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// Batches against the kernel, in a network namespace of their own.
class NetlinkSocketTest {
    private static final SetSpec MARKS = SetSpec.map("marks", List.of(DataType.MARK), List.of(DataType.MARK));

    private static TestNamespace namespace;

    @BeforeAll
    static void make() {
        namespace = TestNamespace.make();
    }

    @AfterAll
    static void leave() {
        namespace.close();
    }

    private static TableWriter table(Batch batch, String name) {
        return new TableWriter(batch, NfFamily.IP, name);
    }

    private static Element mark(int key, int value) {
        return new Element.Mapping(Octets.ofHost(key), Octets.ofHost(value));
    }

    @Test
    void aBatchIsCommittedAndMakesOneGeneration() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var reader = new NftReader(socket);
                var before = reader.generation();
                var batch = Batch.nftables();
                table(batch, "one").createTable(0, "made by a test");
                table(batch, "two").createTable(0, "");
                assertThat(socket.transact(batch)).isEqualTo(new Committed());
                var after = reader.generation();
                assertThat(after).isEqualTo(before + 1);
                assertThat(reader.tables(NfFamily.IP))
                        .filteredOn(table -> table.name().equals("one"))
                        .singleElement()
                        .satisfies(table -> assertThat(table.comment()).isEqualTo("made by a test"));
            }
            return true;
        });
    }

    @Test
    void oneBadMessageInTheMiddleAndNothingStays() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var reader = new NftReader(socket);
                var before = reader.generation();
                var batch = Batch.nftables();
                table(batch, "whole").createTable(0, "");
                table(batch, "whole").create(MARKS);
                table(batch, "whole").add("no-such-set", List.of(mark(1, 2)));
                table(batch, "whole").add("marks", List.of(mark(1, 2)));
                assertThat(socket.transact(batch)).isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.refusals()).singleElement().satisfies(refusal -> {
                        assertThat(refusal.errno()).isEqualTo(Errno.ENOENT);
                        assertThat(refusal.subject())
                                .startsWith("adding 1 elements of no-such-set")
                                .endsWith("in table ip whole");
                    });
                });
                assertThat(reader.generation()).isEqualTo(before);
                assertThat(reader.tables(NfFamily.IP))
                        .noneMatch(table -> table.name().equals("whole"));
            }
            return true;
        });
    }

    @Test
    void everyBadMessageIsNamed() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var batch = Batch.nftables();
                var table = table(batch, "named");
                table.createTable(0, "");
                table.create(MARKS);
                for (int set = 0; set < 20; set++) {
                    table.add("absent-" + set, List.of(mark(1, 2)));
                }
                assertThat(socket.transact(batch)).isInstanceOfSatisfying(Refused.class, refused -> {
                    assertThat(refused.refusals()).hasSize(20);
                    assertThat(refused.isAll(Errno.ENOENT)).isTrue();
                    assertThat(refused.toString()).contains("absent-2").endsWith("and 17 more");
                });
            }
            return true;
        });
    }

    @Test
    void anElementWithAnotherValueIsRefusedAndWithTheSameValueIsNot() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var batch = Batch.nftables();
                table(batch, "twice").createTable(0, "");
                table(batch, "twice").create(MARKS);
                table(batch, "twice").add("marks", List.of(mark(1, 2)));
                assertThat(socket.transact(batch)).isEqualTo(new Committed());
                var same = Batch.nftables();
                table(same, "twice").add("marks", List.of(mark(1, 2)));
                assertThat(socket.transact(same)).isEqualTo(new Committed());
                var other = Batch.nftables();
                table(other, "twice").add("marks", List.of(mark(1, 3)));
                assertThat(socket.transact(other))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused ->
                                        assertThat(refused.isAll(Errno.EEXIST)).isTrue());
                var replaced = Batch.nftables();
                table(replaced, "twice").delete("marks", List.of(mark(1, 2)));
                table(replaced, "twice").add("marks", List.of(mark(1, 3)));
                assertThat(socket.transact(replaced)).isEqualTo(new Committed());
                assertThat(new NftReader(socket).elements(NfFamily.IP, "twice", "marks"))
                        .containsExactly(mark(1, 3));
            }
            return true;
        });
    }

    @Test
    void aBatchOfAMibIsOneCommit() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var elements = new ArrayList<Element>();
                for (int key = 0; key < 40_000; key++) {
                    elements.add(mark(key, key + 1));
                }
                var batch = Batch.nftables();
                table(batch, "large").createTable(0, "");
                table(batch, "large").create(MARKS);
                table(batch, "large").add("marks", elements);
                assertThat(batch.octets()).isGreaterThan(1 << 20).isLessThan(socket.batchOctetsMax());
                assertThat(socket.transact(batch)).isEqualTo(new Committed());
                // A large hash table still grows in the background; a dump under way sees parts of both.
                var expected = Set.copyOf(elements);
                var reader = new NftReader(socket);
                int attempts = 0;
                Set<Element> found;
                do {
                    found = Set.copyOf(reader.elements(NfFamily.IP, "large", "marks"));
                } while (!found.equals(expected) && ++attempts < 50);
                assertThat(found.equals(expected)).isTrue();
            }
            return true;
        });
    }

    @Test
    void aBatchSinceAnOldGenerationIsRefused() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                int now = new NftReader(socket).generation();
                var first = Batch.nftablesSince(now);
                table(first, "since").createTable(0, "");
                assertThat(socket.transact(first)).isEqualTo(new Committed());
                var late = Batch.nftablesSince(now);
                table(late, "since").deleteTable();
                assertThat(socket.transact(late))
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.toString())
                                        .isEqualTo(
                                                "refused: the batch: ERESTART (changed by somebody else meanwhile)"));
                var next = Batch.nftables();
                table(next, "since").deleteTable();
                assertThat(socket.transact(next)).as("the socket still works").isEqualTo(new Committed());
            }
            return true;
        });
    }

    /// So many errors that the receive buffer overflows: nobody knows what was said.
    @Test
    void aBatchWhoseAnswersAreLostHasAnUnknownResult() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                var batch = Batch.nftables();
                for (int i = 0; i < 60_000; i++) {
                    table(batch, "no-such-table").deleteTable();
                }
                assertThat(socket.transact(batch)).isNotEqualTo(new Committed());
                var next = Batch.nftables();
                table(next, "afterwards").createTable(0, "");
                assertThat(socket.transact(next))
                        .as("what was late is not taken for its answer")
                        .isEqualTo(new Committed());
                assertThat(new NftReader(socket).tables(NfFamily.IP))
                        .anyMatch(table -> table.name().equals("afterwards"));
            }
            return true;
        });
    }

    @Test
    void aDumpOfWhatIsNotThereSaysSo() {
        namespace.run(() -> {
            try (var socket = NetlinkSocket.netfilter()) {
                assertThatThrownBy(() -> new NftReader(socket).elements(NfFamily.IP, "absent", "marks"))
                        .isInstanceOf(NetlinkException.class)
                        .hasMessageContaining("ENOENT");
            }
            return true;
        });
    }

    @Test
    void aSocketIsClosedOnceAndForAll() {
        namespace.run(() -> {
            var socket = NetlinkSocket.netfilter();
            socket.close();
            socket.close();
            return true;
        });
    }
}
