package io.waymark.dns.kubedns;

import java.util.List;

/// What reading the ConfigMap gives.
/// @param config  what counts from now on
/// @param remarks what an operator must know, one line each: the key, what was found, what is allowed
/// @param broken  the keys whose values cannot be understood
public record KubeDnsRead(KubeDnsConfig config, List<String> remarks, List<String> broken) {
    /// Copies the lists.
    public KubeDnsRead {
        broken = List.copyOf(broken);
        remarks = List.copyOf(remarks);
    }
}
