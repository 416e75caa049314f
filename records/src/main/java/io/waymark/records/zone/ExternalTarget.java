package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.Optional;

/// What `spec.externalName` leads to.
final class ExternalTarget {
    private ExternalTarget() {}

    /// The name, with or without a dot at the end; empty for an address, which is no name that a
    /// CNAME could lead to, and for what is no name at all.
    static Optional<DomainName> read(String externalName) {
        var text = externalName.endsWith(".") ? externalName.substring(0, externalName.length() - 1) : externalName;
        return IpAddress.parse(text).isPresent() ? Optional.empty() : DomainName.parse(text);
    }
}
