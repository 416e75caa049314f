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

    /// `::` stands for every address, as it does in a Corefile.
    static BindAddress of(IpAddress address, int port) {
        return address.equals(new IpAddress.V6(0, 0)) ? new Every(port) : new One(address, port);
    }

    /// The same place at another port.
    default BindAddress withPort(int other) {
        return switch (this) {
            case One(var address, var port) -> new One(address, other);
            case Every(var port) -> new Every(other);
        };
    }

    /// As text that Vert.x binds. For every address that is `::`, which takes both families, so that
    /// one socket is enough for TCP; on a host without IPv6 it is `0.0.0.0`.
    default String host() {
        return switch (this) {
            case One(var address, var port) -> address.toString();
            case Every(var port) -> BindProbe.hasIpv6() ? "::" : "0.0.0.0";
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
