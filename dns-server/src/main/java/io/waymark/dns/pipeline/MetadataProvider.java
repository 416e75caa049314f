package io.waymark.dns.pipeline;

import java.util.Optional;

/// A [Plugin] that knows something about a query which other plugins can ask for: a namespace of the
/// client's, for example. Asked only in blocks with the plugin `metadata`, and only for a label that
/// somebody wants to know.
public interface MetadataProvider {

    /// The value of a label such as `kubernetes/client-namespace`; it may be an empty text. Empty if
    /// the label is not the plugin's, or says nothing about this query.
    /// @param exchange the client's query as it came; its notes may be asked, not for the same label
    Optional<String> metadata(Exchange exchange, String label);
}
