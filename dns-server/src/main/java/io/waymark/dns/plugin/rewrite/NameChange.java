package io.waymark.dns.plugin.rewrite;

import io.waymark.records.name.DomainName;

/// Another name for names in a reply.
record NameChange(NameMatch match, String to) {

    /// The name itself if it is not meant, or if what would come out is no name.
    DomainName of(DomainName name) {
        return match.replace(name.toString(), to).flatMap(DomainName::parse).orElse(name);
    }
}
