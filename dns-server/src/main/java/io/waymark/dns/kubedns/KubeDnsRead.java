package io.waymark.dns.kubedns;

import java.util.List;

/// What reading the ConfigMap gives.
/// @param config  what counts from now on
/// @param remarks what an operator must know, one line each: the key, what was found, what is allowed
public record KubeDnsRead(KubeDnsConfig config, List<String> remarks) {
    /// Copies the list.
    public KubeDnsRead {
        remarks = List.copyOf(remarks);
    }
}
