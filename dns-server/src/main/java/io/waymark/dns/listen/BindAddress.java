package io.waymark.dns.listen;

import io.waymark.records.address.IpAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/// Where a listener listens. Port 0 stands for one that the system chooses.
public sealed interface BindAddress {

    /// 16 bits.
    int port();

    /// One address of this host.
    record One(IpAddress address, int port) implements BindAddress {
        /// `10.0.0.1:53`, `[fd00::1]:53`.
        @Override
        public String toString() {
            return address instanceof IpAddress.V6 ? "[" + address + "]:" + port : address + ":" + port;
        }
    }

    /// Every address of this host, IPv4 and IPv6, those that it gets later included.
    record Every(int port) implements BindAddress {
        @Override
        public String toString() {
            return ":" + port;
        }
    }

    /// The same place at another port.
    default BindAddress withPort(int other) {
        return switch (this) {
            case One(var address, var port) -> new One(address, other);
            case Every(var port) -> new Every(other);
        };
    }

    /// As the JDK wants it; never asks a name server.
    static InetSocketAddress socketAddress(IpAddress address, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.octets()), port);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("4 or 16 octets are an address: " + address, impossible);
        }
    }
}
