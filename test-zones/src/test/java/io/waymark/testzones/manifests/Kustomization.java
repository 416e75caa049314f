package io.waymark.testzones.manifests;

import io.waymark.testzones.peer.Api;
import io.waymark.testzones.peer.Peers;
import io.waymark.testzones.peer.Program;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The objects of one folder below `k8s-manifests`, as kustomize builds them.
record Kustomization(String folder, List<Map<String, Object>> objects) {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    /// Builds it; skips the calling test if there is no kustomize.
    static Kustomization build(String folder) {
        var path = Peers.root().resolve("k8s-manifests").resolve(folder);
        var text = Program.output(LIMIT, List.of(Peers.require("kustomize").toString(), "build", path.toString()));
        if (!text.startsWith("apiVersion:")) {
            throw new AssertionError("kustomize build " + path + " says: " + text);
        }
        return new Kustomization(folder, Api.read(text));
    }

    /// `Kind/name` of each object, in order.
    List<String> names() {
        return objects.stream().map(Kustomization::name).sorted().toList();
    }

    /// The object of this kind and name.
    Map<String, Object> object(String name) {
        Optional<Map<String, Object>> found =
                objects.stream().filter(object -> name(object).equals(name)).findFirst();
        return found.orElseThrow(() -> new AssertionError(folder + " has no " + name + " but " + names()));
    }

    private static String name(Map<String, Object> object) {
        return FieldPath.read(object, "kind") + "/" + FieldPath.read(object, "metadata.name");
    }
}
