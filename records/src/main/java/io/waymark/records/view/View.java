package io.waymark.records.view;

import io.waymark.records.cluster.NamespacedName;

/// What one client may see of the cluster. What a view does not show is absent for its client in
/// every way a name or an address can be asked for.
public sealed interface View {

    /// The view without tenancy: it shows everything.
    View ALL = new Everything();

    /// Whether the client may learn that the namespace exists.
    boolean showsNamespace(String namespace);

    /// Whether the client may learn of the Service, its endpoints and its addresses.
    boolean showsService(NamespacedName service);

    /// Whether the client may learn of the Pods of a namespace.
    boolean showsPods(String namespace);

    /// See [#ALL].
    final class Everything implements View {
        private Everything() {}

        @Override
        public boolean showsNamespace(String namespace) {
            return true;
        }

        @Override
        public boolean showsService(NamespacedName service) {
            return true;
        }

        @Override
        public boolean showsPods(String namespace) {
            return true;
        }
    }
}
