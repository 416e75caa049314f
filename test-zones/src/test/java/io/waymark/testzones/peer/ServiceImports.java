package io.waymark.testzones.peer;

import io.waymark.testzones.peer.Api.ApiRefusal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;

/// ServiceImports as a cluster set's controller installs them (KEP-1645): a custom resource.
public final class ServiceImports {
    private static final String COLLECTION = "/apis/multicluster.x-k8s.io/v1alpha1/serviceimports";
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private ServiceImports() {}

    /// Installs the definition, and returns when the API server takes objects of it.
    public static void define(Api api) {
        try {
            api.apply(
                    Files.readString(Peers.root().resolve("test-zones/src/test/resources/clusterset/definition.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException("no definition of ServiceImports", e);
        }
        Await.until("ServiceImports are served", LIMIT, () -> areServed(api), () -> "they are not");
    }

    private static boolean areServed(Api api) {
        try {
            return api.get(COLLECTION).has("items");
        } catch (ApiRefusal notYet) {
            return false;
        }
    }
}
