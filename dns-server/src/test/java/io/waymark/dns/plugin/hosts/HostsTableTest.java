package io.waymark.dns.plugin.hosts;

import static org.assertj.core.api.Assertions.assertThat;

import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// hosts(5), and what CoreDNS' plugin of the name makes of it.
class HostsTableTest {
    private static final HostsTable TABLE = new HostsTable("""
            # comment
            10.0.0.1\tA.example.org   b.example.org # c.example.org
            10.0.0.2 a.example.org
            10.0.0.2 a.example.org
            ::ffff:10.0.0.3 mapped.example.org
            fe80::1%eth0 link.example.org a.example.org
            fd00::1 *.apps.example.org two.apps.example.org
            10.0.0.256 wrong.example.org
            example.org 10.0.0.9
            10.0.0.4 elsewhere.test
            10.0.0.5
            10.0.0.6 no..name fine.example.org
            """, List.of(DomainName.of("example.org.")), true);

    @ParameterizedTest(name = "{0} {1} has {2}: {3}")
    @CsvSource(delimiter = '|', textBlock = """
            # name                    | type | has                             | because
            a.example.org             | A    | 10.0.0.1 10.0.0.2               | both lines name it, each address once
            b.example.org             | A    | 10.0.0.1                        | a line may have many names
            c.example.org             | A    |                                 | it stands in a comment
            mapped.example.org        | A    | 10.0.0.3                        | an IPv4-mapped address is the IPv4 address
            mapped.example.org        | AAAA |                                 | the same
            a.example.org             | AAAA | fe80::1                         | the zone of the address is left out
            one.apps.example.org      | AAAA | fd00::1                         | the wildcard has it
            two.apps.example.org      | A    |                                 | a line of its own comes before the wildcard
            x.one.apps.example.org    | AAAA |                                 | a wildcard stands for one label
            elsewhere.test            | A    |                                 | it lies outside of the zones
            wrong.example.org         | A    |                                 | its line begins with no address
            fine.example.org          | A    | 10.0.0.6                        | a name that is none does not spoil the line
            1.0.0.10.in-addr.arpa     | PTR  | a.example.org. b.example.org.   | every name of the address
            4.0.0.10.in-addr.arpa     | PTR  |                                 | its only name is left out
            1.0.0.10.in-addr.arpa     | A    |                                 | it has a PTR record only
            a.example.org             | TXT  |                                 | there are addresses only
            """)
    void has(String name, String type, String expected, String because) {
        var data = TABLE.find(DomainName.of(name), RecordType.parse(type).orElseThrow());
        assertThat(data.stream().map(HostsTableTest::text).collect(Collectors.joining(" ")))
                .as(because)
                .isEqualTo(expected == null ? "" : expected);
    }

    @Test
    void anIpv6AddressLeadsToItsNameByNibbles() {
        var name = DomainName.of("1.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.d.f.ip6.arpa.");
        assertThat(TABLE.find(name, RecordType.PTR))
                .containsExactly(new RecordData.Ptr(DomainName.of("two.apps.example.org.")));
    }

    @Test
    void withoutReverseNoAddressLeadsAnywhere() {
        var table = new HostsTable("10.0.0.1 a", List.of(DomainName.ROOT), false);
        assertThat(table.find(DomainName.of("1.0.0.10.in-addr.arpa."), RecordType.PTR))
                .isEmpty();
        assertThat(table.size()).isEqualTo(1);
    }

    private static String text(RecordData data) {
        return switch (data) {
            case RecordData.A(var address) -> address.toString();
            case RecordData.Aaaa(var address) -> address.toString();
            case RecordData.Ptr(var target) -> target.toString();
            default -> throw new AssertionError("a table of hosts has no " + data);
        };
    }
}
