package io.waymark.dns.plugin.hosts;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import io.waymark.records.rr.RecordData;
import io.waymark.records.rr.RecordType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The names of one text in the form of hosts(5): an address and its names a line, comments behind
/// `#`. A line that begins with no address is skipped, and so is a name that is none or outside of the
/// zones, as by everybody who reads such files. `*.apps.example` stands for every name one label below
/// `apps.example` that has no line of its own. Immutable.
final class HostsTable {
    static final HostsTable EMPTY = new HostsTable("", List.of(DomainName.ROOT), true);

    private static final DomainName IN_ADDR_ARPA = DomainName.of("in-addr.arpa.");
    private static final DomainName IP6_ARPA = DomainName.of("ip6.arpa.");
    private static final String WILDCARD = "*";

    private final Map<DomainName, List<RecordData>> ipv4 = new HashMap<>();
    private final Map<DomainName, List<RecordData>> ipv6 = new HashMap<>();
    private final Map<DomainName, List<RecordData>> pointers = new HashMap<>();
    private final List<DomainName> zones;
    private final boolean reverse;

    /// @param zones   names elsewhere are left out
    /// @param reverse whether addresses lead to names too
    HostsTable(String text, List<DomainName> zones, boolean reverse) {
        this.zones = zones;
        this.reverse = reverse;
        text.lines().forEach(this::line);
    }

    private void line(String line) {
        int comment = line.indexOf('#');
        var words = (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+");
        address(words[0]).ifPresent(address -> {
            for (int i = 1; i < words.length; i++) {
                DomainName.parse(words[i])
                        .filter(name -> zones.stream().anyMatch(name::isWithin))
                        .ifPresent(name -> add(address, name));
            }
        });
    }

    /// An address, without the zone that one of link-local scope may have.
    static Optional<IpAddress> address(String word) {
        int zone = word.indexOf('%');
        return IpAddress.parse(zone < 0 ? word : word.substring(0, zone));
    }

    private void add(IpAddress address, DomainName name) {
        var byName = address instanceof IpAddress.V4 ? ipv4 : ipv6;
        put(byName, name, RecordData.address(address));
        if (reverse && !isWildcard(name)) {
            put(pointers, reverseName(address), new RecordData.Ptr(name));
        }
    }

    private static void put(Map<DomainName, List<RecordData>> table, DomainName name, RecordData data) {
        var present = table.computeIfAbsent(name, first -> new ArrayList<>());
        if (!present.contains(data)) {
            present.add(data);
        }
    }

    private static boolean isWildcard(DomainName name) {
        return name.labelCount() > 0 && name.label(0).equals(WILDCARD);
    }

    static DomainName reverseName(IpAddress address) {
        var octets = address.octets();
        boolean four = octets.length == 4;
        var name = four ? IN_ADDR_ARPA : IP6_ARPA;
        for (byte octet : octets) {
            name = four
                    ? name.child(Integer.toString(octet & 0xff))
                    : name.child(Integer.toHexString(octet >>> 4 & 0xf)).child(Integer.toHexString(octet & 0xf));
        }
        return name;
    }

    /// What it says of a name, in the order of the text; nothing for types other than A, AAAA and PTR.
    List<RecordData> find(DomainName name, RecordType type) {
        if (type.equals(RecordType.PTR)) {
            return pointers.getOrDefault(name, List.of());
        }
        if (type.equals(RecordType.A)) {
            return find(ipv4, name);
        }
        return type.equals(RecordType.AAAA) ? find(ipv6, name) : List.of();
    }

    private static List<RecordData> find(Map<DomainName, List<RecordData>> table, DomainName name) {
        var exact = table.get(name);
        if (exact != null) {
            return exact;
        }
        return name.labelCount() < 2
                ? List.of()
                : table.getOrDefault(name.suffix(1).child(WILDCARD), List.of());
    }

    /// How many addresses and pointers it has.
    int size() {
        return size(ipv4) + size(ipv6) + size(pointers);
    }

    private static int size(Map<DomainName, List<RecordData>> table) {
        return table.values().stream().mapToInt(List::size).sum();
    }
}
