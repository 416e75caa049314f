package io.waymark.proxy.rules;

import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;

/// Which port of which Service, in one family: what back ends give their ids and names to.
/// @param port the port's name, empty if it has none
public record ServicePortKey(NamespacedName service, String port, Protocol protocol, IpFamily family)
        implements Comparable<ServicePortKey> {

    /// By Service, port, protocol and family.
    @Override
    public int compareTo(ServicePortKey other) {
        int byService = service.compareTo(other.service);
        if (byService != 0) {
            return byService;
        }
        int byPort = port.compareTo(other.port);
        if (byPort != 0) {
            return byPort;
        }
        int byProtocol = protocol.compareTo(other.protocol);
        return byProtocol != 0 ? byProtocol : family.compareTo(other.family);
    }

    /// As comments and chain names have it: `shop/web:http`, `shop/web` if the port has no name. Does
    /// not tell two protocols or families apart.
    public String text() {
        return port.isEmpty() ? service.toString() : service + ":" + port;
    }

    @Override
    public String toString() {
        return text() + "/" + protocol + "/" + family;
    }
}
