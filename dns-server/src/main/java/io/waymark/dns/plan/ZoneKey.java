package io.waymark.dns.plan;

import io.waymark.dns.corefile.stage.Transport;
import io.waymark.records.name.DomainName;

/// One zone of a server block and how it is reached.
/// @param port 0 to 65535; 0 lets the system choose
public record ZoneKey(Transport transport, DomainName zone, int port) {

    /// `dns://cluster.local.:53`
    @Override
    public String toString() {
        return transport.scheme() + "://" + zone + ":" + port;
    }
}
