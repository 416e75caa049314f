package io.waymark.dns.pipeline;

import io.waymark.records.view.View;

/// Decides what a client may see: the one place where a view enters the pipeline.
@FunctionalInterface
public interface ClientView {
    /// Without tenancy everybody sees everything.
    ClientView EVERYTHING = client -> View.ALL;

    View of(Client client);
}
