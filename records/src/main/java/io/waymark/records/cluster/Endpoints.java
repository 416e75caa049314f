package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import io.waymark.records.address.IpFamily;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The endpoints of one slice, packed into columns: at 100,000 endpoints an object for each costs
/// more than everything else. One row is one address; an endpoint with several addresses has as
/// many rows, with equal texts. All addresses of a slice are of one family.
///
/// Immutable. A column that is empty in each row is not stored.
public final class Endpoints {
    private static final byte READY = 1;
    private static final byte SERVING = 2;
    private static final byte TERMINATING = 4;

    public static final Endpoints NONE = new Builder(4).build();

    private final int octetsPerAddress;
    private final byte[] addresses;
    private final byte[] conditions;
    private final String @Nullable [] hostnames;
    private final String @Nullable [] nodeNames;
    private final String @Nullable [] zones;
    private final String @Nullable [] podNames;
    private final Hints @Nullable [] hints;

    private Endpoints(Builder from) {
        int count = from.count;
        octetsPerAddress = from.octetsPerAddress;
        addresses = Arrays.copyOf(from.addresses, count * octetsPerAddress);
        conditions = Arrays.copyOf(from.conditions, count);
        hostnames = column(from.hostnames, count);
        nodeNames = column(from.nodeNames, count);
        zones = column(from.zones, count);
        podNames = column(from.podNames, count);
        hints = column(from.hints, count);
    }

    private static String @Nullable [] column(String[] texts, int count) {
        for (int i = 0; i < count; i++) {
            if (!texts[i].isEmpty()) {
                return Arrays.copyOf(texts, count);
            }
        }
        return null;
    }

    private static Hints @Nullable [] column(Hints[] hints, int count) {
        for (int i = 0; i < count; i++) {
            if (!hints[i].equals(Hints.NONE)) {
                return Arrays.copyOf(hints, count);
            }
        }
        return null;
    }

    /// How many rows there are.
    public int size() {
        return conditions.length;
    }

    public IpAddress address(int row) {
        return IpAddress.ofOctets(addresses, row * octetsPerAddress, octetsPerAddress);
    }

    /// Whether any row has this address.
    public boolean hasAddress(IpAddress address) {
        return indexOf(address, 0) >= 0;
    }

    /// The first row from `from` on that has this address, or -1.
    public int indexOf(IpAddress address, int from) {
        byte[] octets = address.octets();
        if (octets.length != octetsPerAddress) {
            return -1;
        }
        for (int row = from; row < conditions.length; row++) {
            int at = row * octetsPerAddress;
            if (Arrays.equals(addresses, at, at + octetsPerAddress, octets, 0, octetsPerAddress)) {
                return row;
            }
        }
        return -1;
    }

    /// That of all rows.
    public IpFamily family() {
        return isIpv6() ? IpFamily.IPV6 : IpFamily.IPV4;
    }

    /// Whether the rows hold IPv6 addresses.
    public boolean isIpv6() {
        return octetsPerAddress == 16;
    }

    /// `conditions.ready`, true if the API left it out.
    public boolean isReady(int row) {
        return (conditions[row] & READY) != 0;
    }

    /// `conditions.serving`, as `ready` if the API left it out.
    public boolean isServing(int row) {
        return (conditions[row] & SERVING) != 0;
    }

    /// `conditions.terminating`, false if the API left it out.
    public boolean isTerminating(int row) {
        return (conditions[row] & TERMINATING) != 0;
    }

    /// `hostname`, or empty.
    public String hostname(int row) {
        return hostnames == null ? "" : hostnames[row];
    }

    /// `nodeName`, or empty.
    public String nodeName(int row) {
        return nodeNames == null ? "" : nodeNames[row];
    }

    /// `zone`, or empty.
    public String zone(int row) {
        return zones == null ? "" : zones[row];
    }

    /// `targetRef.name` if the target is a Pod and the source was asked to keep it, or empty.
    public String podName(int row) {
        return podNames == null ? "" : podNames[row];
    }

    /// For whom the endpoint is meant, if the source was asked for traffic.
    public Hints hints(int row) {
        return hints == null ? Hints.NONE : hints[row];
    }

    /// Everything that one row says besides its address.
    public Row row(int row) {
        return new Row(
                isReady(row),
                isServing(row),
                isTerminating(row),
                hostname(row),
                nodeName(row),
                zone(row),
                podName(row),
                hints(row));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Endpoints that
                && octetsPerAddress == that.octetsPerAddress
                && Arrays.equals(addresses, that.addresses)
                && Arrays.equals(conditions, that.conditions)
                && Arrays.equals(hostnames, that.hostnames)
                && Arrays.equals(nodeNames, that.nodeNames)
                && Arrays.equals(zones, that.zones)
                && Arrays.equals(podNames, that.podNames)
                && Arrays.equals(hints, that.hints);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(addresses) + Arrays.hashCode(conditions);
    }

    @Override
    public String toString() {
        var text = new StringBuilder("[");
        for (int row = 0; row < size(); row++) {
            text.append(row == 0 ? "" : ", ").append(address(row));
            if (!hostname(row).isEmpty()) {
                text.append(' ').append(hostname(row));
            }
            if (!isReady(row)) {
                text.append(" not ready");
            }
        }
        return text.append(']').toString();
    }

    /// What one row says besides its address. The three conditions as the API has them, the texts
    /// empty where it has none.
    public record Row(
            boolean ready,
            boolean serving,
            boolean terminating,
            String hostname,
            String nodeName,
            String zone,
            String podName,
            Hints hints) {
        /// A ready endpoint of which nothing else is known.
        public static final Row READY = new Row(true, true, false, "", "", "", "");

        /// Meant for everybody.
        public Row(
                boolean ready,
                boolean serving,
                boolean terminating,
                String hostname,
                String nodeName,
                String zone,
                String podName) {
            this(ready, serving, terminating, hostname, nodeName, zone, podName, Hints.NONE);
        }
    }

    /// Collects rows. Callers pass equal texts as one object where they can (nodes, zones), for
    /// they are kept as they come.
    public static final class Builder {
        private static final int ROWS_FIRST = 8;

        private final int octetsPerAddress;
        private int count;
        private byte[] addresses;
        private byte[] conditions = new byte[ROWS_FIRST];
        private String[] hostnames = new String[ROWS_FIRST];
        private String[] nodeNames = new String[ROWS_FIRST];
        private String[] zones = new String[ROWS_FIRST];
        private String[] podNames = new String[ROWS_FIRST];
        private Hints[] hints = new Hints[ROWS_FIRST];

        /// `octetsPerAddress` is 4 for IPv4 and 16 for IPv6.
        public Builder(int octetsPerAddress) {
            this.octetsPerAddress = octetsPerAddress;
            this.addresses = new byte[ROWS_FIRST * octetsPerAddress];
        }

        /// Adds one address; of the other family it throws.
        public Builder add(IpAddress address, Row row) {
            byte[] octets = address.octets();
            if (octets.length != octetsPerAddress) {
                throw new IllegalArgumentException(address + " is not of the slice's family");
            }
            if (count == conditions.length) {
                grow();
            }
            System.arraycopy(octets, 0, addresses, count * octetsPerAddress, octetsPerAddress);
            conditions[count] = (byte)
                    ((row.ready ? READY : 0) | (row.serving ? SERVING : 0) | (row.terminating ? TERMINATING : 0));
            hostnames[count] = row.hostname;
            nodeNames[count] = row.nodeName;
            zones[count] = row.zone;
            podNames[count] = row.podName;
            hints[count] = row.hints;
            count++;
            return this;
        }

        private void grow() {
            int rows = 2 * count;
            addresses = Arrays.copyOf(addresses, rows * octetsPerAddress);
            conditions = Arrays.copyOf(conditions, rows);
            hostnames = Arrays.copyOf(hostnames, rows);
            nodeNames = Arrays.copyOf(nodeNames, rows);
            zones = Arrays.copyOf(zones, rows);
            podNames = Arrays.copyOf(podNames, rows);
            hints = Arrays.copyOf(hints, rows);
        }

        public Endpoints build() {
            return new Endpoints(this);
        }

        /// Forgets the rows and keeps the room, for the next slice of the same family.
        public void clear() {
            count = 0;
        }
    }
}
