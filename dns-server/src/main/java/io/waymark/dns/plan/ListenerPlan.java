package io.waymark.dns.plan;

import io.waymark.dns.corefile.stage.ListenAddress;
import io.waymark.dns.corefile.stage.Transport;
import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.Optional;

/// What is served at one address.
/// @param zones at least one, in canonical order (RFC 4034 §6.1); one that several blocks serve by their
///              views as often as it has blocks, in the order of the Corefile
public record ListenerPlan(Transport transport, ListenAddress address, List<ServedZone> zones) {

    /// Copies the zones.
    public ListenerPlan {
        zones = List.copyOf(zones);
        if (zones.isEmpty()) {
            throw new IllegalArgumentException("nothing to serve at " + address);
        }
    }

    /// A zone and the block that answers for it.
    public record ServedZone(DomainName zone, BlockPlan block) {}

    /// As metrics call it: `dns://:53`, `dns://10.0.0.1:53`, `tls://[fd00::1]:853`.
    public String server() {
        return transport.scheme() + "://" + address;
    }

    /// The zone with the most labels at or above a name; empty if this listener serves none.
    public Optional<ServedZone> closest(DomainName name) {
        Optional<ServedZone> closest = Optional.empty();
        for (ServedZone served : zones) {
            boolean closer = closest.isEmpty()
                    || served.zone.labelCount() > closest.get().zone.labelCount();
            if (closer && name.isWithin(served.zone)) {
                closest = Optional.of(served);
            }
        }
        return closest;
    }
}
