package io.waymark.proxy.rules.node;

import io.waymark.records.address.Cidr;
import java.util.List;

/// Which addresses of the node serve node ports, as configured (`nodePortAddresses`).
public sealed interface NodePortAddresses {
    /// All of them.
    record All() implements NodePortAddresses {}

    /// The one by which the node is known to the cluster.
    record Primary() implements NodePortAddresses {}

    /// Those within any of these; a family of which none is given serves on all.
    record Inside(List<Cidr> cidrs) implements NodePortAddresses {
        /// Copies the list.
        public Inside {
            cidrs = List.copyOf(cidrs);
        }
    }
}
