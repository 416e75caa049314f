package io.waymark.proxy.rules;

import io.waymark.records.address.IpFamily;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;
import java.util.Comparator;

/// Which port of which Service, in one family: what back ends give their ids and names to.
/// @param port the port's name, empty if it has none
public record ServicePortKey(NamespacedName service, String port, Protocol protocol, IpFamily family)
        implements Comparable<ServicePortKey> {
    private static final Comparator<ServicePortKey> ORDER = Comparator.comparing(ServicePortKey::service)
            .thenComparing(ServicePortKey::port)
            .thenComparing(ServicePortKey::protocol)
            .thenComparing(ServicePortKey::family);

    @Override
    public int compareTo(ServicePortKey other) {
        return ORDER.compare(this, other);
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
