package io.waymark.dns.plugin.kubernetes;

import java.net.URI;

/// How the cluster's API is reached.
public sealed interface ApiAccess {
    /// With the service account of the Pod this runs in.
    record InCluster() implements ApiAccess {
        @Override
        public String toString() {
            return "in-cluster";
        }
    }

    /// `kubeconfig FILE [CONTEXT]`
    /// @param context the name of a context in the file; "" for its current one
    record Kubeconfig(String file, String context) implements ApiAccess {
        @Override
        public String toString() {
            return "kubeconfig " + file + (context.isEmpty() ? "" : " " + context);
        }
    }

    /// `endpoint URL` without client certificate.
    record Endpoint(URI url) implements ApiAccess {
        @Override
        public String toString() {
            return "endpoint " + url;
        }
    }

    /// `endpoint URL` with `tls CERT KEY CA`, three files in PEM form.
    record TlsEndpoint(URI url, String certificate, String key, String authority) implements ApiAccess {
        @Override
        public String toString() {
            return "endpoint " + url + " tls " + certificate + " " + key + " " + authority;
        }
    }
}
