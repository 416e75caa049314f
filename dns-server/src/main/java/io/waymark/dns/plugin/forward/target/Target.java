package io.waymark.dns.plugin.forward.target;

import io.waymark.dns.corefile.Position;
import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.records.name.DomainName;

/// A server to ask, or where to find some: one of the words behind `forward FROM`.
public sealed interface Target {

    /// How the servers are reached.
    /// @param transport  DNS, TLS or HTTPS
    /// @param serverName behind `%`: what the certificate must be for; empty if none is written
    record Scheme(Transport transport, String serverName) {
        public static final Scheme DNS = new Scheme(Transport.DNS, "");

        String before() {
            return transport == Transport.DNS ? "" : transport.scheme() + "://";
        }

        String behind() {
            return serverName.isEmpty() ? "" : "%" + serverName;
        }
    }

    /// What its certificate must be for, if that is written beside it; empty otherwise.
    default String serverName() {
        return switch (this) {
            case Server(var scheme, var address) -> scheme.serverName();
            case HostName(var scheme, var name, var port, var at) -> scheme.serverName();
            case ResolverFile file -> "";
        };
    }

    /// A server by its address.
    record Server(Scheme scheme, ListenAddress address) implements Target {
        /// `10.0.0.1:53`, `tls://9.9.9.9:853%dns.quad9.net`.
        @Override
        public String toString() {
            return scheme.before() + address + scheme.behind();
        }
    }

    /// A server by its name, whose addresses are looked up when the server starts.
    /// @param at where it is written, for the message if that fails
    record HostName(Scheme scheme, DomainName name, int port, Position at) implements Target {
        @Override
        public String toString() {
            return scheme.before() + name + ":" + port + scheme.behind();
        }
    }

    /// The `nameserver` lines of a file in the form of resolv.conf(5), read when the server starts.
    /// @param path as written
    /// @param at   where it is written, for the message if it cannot be read
    record ResolverFile(String path, Position at) implements Target {
        @Override
        public String toString() {
            return path;
        }
    }
}
