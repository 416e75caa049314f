package io.waymark.records.rr;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The RDATA of one record: a shape for each type that a cluster zone holds, octets for the rest.
public sealed interface RecordData {

    /// The type that this data belongs to.
    RecordType type();

    /// RFC 1035 §3.4.1.
    record A(IpAddress.V4 address) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.A;
        }
    }

    /// RFC 3596 §2.2.
    record Aaaa(IpAddress.V6 address) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.AAAA;
        }
    }

    /// RFC 2782; each number has 16 bits.
    record Srv(int priority, int weight, int port, DomainName target) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.SRV;
        }
    }

    /// RFC 1035 §3.3.12.
    record Ptr(DomainName target) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.PTR;
        }
    }

    /// RFC 1035 §3.3.1.
    record Cname(DomainName target) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.CNAME;
        }
    }

    /// RFC 1035 §3.3.11.
    record Ns(DomainName target) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.NS;
        }
    }

    /// RFC 1035 §3.3.9.
    record Mx(int preference, DomainName exchange) implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.MX;
        }
    }

    /// RFC 1035 §3.3.13; `serial` has 32 bits and wraps (RFC 1982), the times are in seconds.
    record Soa(DomainName primary, DomainName mailbox, int serial, int refresh, int retry, int expire, int minimum)
            implements RecordData {
        @Override
        public RecordType type() {
            return RecordType.SOA;
        }
    }

    /// RFC 1035 §3.3.14: one or more strings of at most 255 octets, one character an octet.
    record Txt(List<String> strings) implements RecordData {
        /// Copies the list; refuses an empty one and strings that the wire cannot hold.
        public Txt {
            strings = List.copyOf(strings);
            if (strings.isEmpty()) {
                throw new IllegalArgumentException("TXT data is at least one string");
            }
            for (var string : strings) {
                if (string.length() > 255 || string.chars().anyMatch(c -> c > 0xff)) {
                    throw new IllegalArgumentException(
                            "a string of TXT data is at most 255 octets, one character each: " + string);
                }
            }
        }

        @Override
        public RecordType type() {
            return RecordType.TXT;
        }
    }

    /// Any other type, or a known one in a class that gives it no shape: the octets as they came
    /// (RFC 3597 §3).
    record Unknown(RecordType type, byte[] octets) implements RecordData {
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Unknown(RecordType otherType, byte[] otherOctets)
                    && type.equals(otherType)
                    && Arrays.equals(octets, otherOctets);
        }

        @Override
        public int hashCode() {
            return 31 * type.hashCode() + Arrays.hashCode(octets);
        }

        @Override
        public String toString() {
            return "Unknown[" + type + ", " + octets.length + " octets]";
        }
    }

    /// The address record of either family.
    static RecordData address(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> new A(v4);
            case IpAddress.V6 v6 -> new Aaaa(v6);
        };
    }
}
