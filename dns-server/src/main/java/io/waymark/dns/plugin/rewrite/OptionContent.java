package io.waymark.dns.plugin.rewrite;

import io.waymark.dns.pipeline.Exchange;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What an option says.
sealed interface OptionContent {

    /// Empty if there is nothing to say about this query.
    Optional<byte[]> octets(Exchange exchange);

    /// Whether it is the same for all queries.
    boolean isFixed();

    /// These octets, not to be modified.
    record Fixed(byte[] octets) implements OptionContent {
        @Override
        public Optional<byte[]> octets(Exchange exchange) {
            return Optional.of(octets);
        }

        @Override
        public boolean isFixed() {
            return true;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Fixed(byte[] others) && Arrays.equals(octets, others);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(octets);
        }
    }

    /// Something about the query.
    enum Variable implements OptionContent {
        /// As text, in lower case.
        QNAME,
        /// 16 bits.
        QTYPE,
        /// Four octets or sixteen.
        CLIENT_IP,
        /// 16 bits.
        CLIENT_PORT,
        /// `udp` or `tcp`.
        PROTOCOL,
        SERVER_IP,
        SERVER_PORT;

        @Override
        public Optional<byte[]> octets(Exchange exchange) {
            var client = exchange.client();
            return Optional.of(
                    switch (this) {
                        case QNAME -> text(exchange.question().name().toString());
                        case QTYPE -> u16(exchange.question().type().code());
                        case CLIENT_IP -> address(client.address());
                        case CLIENT_PORT -> u16(client.address().getPort());
                        case PROTOCOL -> text(client.transport().protocol());
                        case SERVER_IP -> address(client.local());
                        case SERVER_PORT -> u16(client.local().getPort());
                    });
        }

        @Override
        public boolean isFixed() {
            return false;
        }
    }

    /// What is known about the query under a label.
    record Metadata(String label) implements OptionContent {
        @Override
        public Optional<byte[]> octets(Exchange exchange) {
            return exchange.notes()
                    .metadata(label)
                    .filter(value -> !value.isEmpty())
                    .map(OptionContent::text);
        }

        @Override
        public boolean isFixed() {
            return false;
        }
    }

    /// The network that the client is in (RFC 7871 §6): this many bits of its address.
    record Subnet(int v4Bits, int v6Bits) implements OptionContent {
        private static final int HEADER_OCTETS = 4;

        @Override
        public Optional<byte[]> octets(Exchange exchange) {
            var address = address(exchange.client().address());
            boolean v4 = address.length == 4;
            int bits = v4 ? v4Bits : v6Bits;
            int shown = (bits + 7) / 8;
            var octets = new byte[HEADER_OCTETS + shown];
            octets[1] = (byte) (v4 ? 1 : 2);
            octets[2] = (byte) bits;
            System.arraycopy(address, 0, octets, HEADER_OCTETS, shown);
            if (bits % 8 != 0) {
                octets[octets.length - 1] &= (byte) (0xff00 >>> bits % 8);
            }
            return Optional.of(octets);
        }

        @Override
        public boolean isFixed() {
            return false;
        }
    }

    private static byte[] u16(int value) {
        return new byte[] {(byte) (value >>> 8), (byte) value};
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] address(InetSocketAddress address) {
        return address.getAddress().getAddress();
    }
}
