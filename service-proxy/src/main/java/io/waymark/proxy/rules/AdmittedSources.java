package io.waymark.proxy.rules;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import java.util.List;

/// Who may use a Service's load balancer addresses (`loadBalancerSourceRanges`). Packets of others
/// are dropped, those of Pods and of the node included.
public sealed interface AdmittedSources {
    /// Anybody: no range of the family is given, or one that holds every address.
    record Everybody() implements AdmittedSources {}

    /// @param ranges    at least one, as written in the Service
    /// @param addresses single ones besides: the Service's own load balancer addresses, if the node's
    ///                  address is in a range. Where such an address is on an interface of the node, the
    ///                  node's packets to it have it as their source
    record Within(List<Cidr> ranges, List<IpAddress> addresses) implements AdmittedSources {
        /// Copies the lists.
        public Within {
            ranges = List.copyOf(ranges);
            addresses = List.copyOf(addresses);
        }
    }

    /// Whether packets from this address may pass.
    default boolean admits(IpAddress source) {
        return switch (this) {
            case Everybody all -> true;
            case Within(var ranges, var addresses) ->
                addresses.contains(source) || ranges.stream().anyMatch(range -> range.contains(source));
        };
    }
}
