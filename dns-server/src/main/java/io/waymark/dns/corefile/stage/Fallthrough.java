package io.waymark.dns.corefile.stage;

import io.waymark.records.name.DomainName;
import java.util.List;
import java.util.stream.Collectors;

/// For which names an NXDOMAIN of a stage is left to the next stage.
/// @param zones the names at or below these; none at all if empty
public record Fallthrough(List<DomainName> zones) {
    public static final Fallthrough NONE = new Fallthrough(List.of());
    /// `fallthrough` without zones.
    public static final Fallthrough ALL = new Fallthrough(List.of(DomainName.ROOT));

    /// Copies the zones.
    public Fallthrough {
        zones = List.copyOf(zones);
    }

    /// Whether the next stage is asked about a name that does not exist here.
    public boolean covers(DomainName name) {
        for (DomainName zone : zones) {
            if (name.isWithin(zone)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return zones.isEmpty()
                ? "none"
                : zones.stream().map(DomainName::toString).collect(Collectors.joining(" "));
    }
}
