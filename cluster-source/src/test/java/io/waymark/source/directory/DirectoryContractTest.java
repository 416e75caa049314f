package io.waymark.source.directory;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ClusterDelta.PutNamespace;
import io.waymark.records.cluster.ClusterDelta.PutPod;
import io.waymark.records.cluster.ClusterDelta.PutService;
import io.waymark.records.cluster.ClusterDelta.PutSlice;
import io.waymark.records.cluster.ClusterDelta.RemoveNamespace;
import io.waymark.records.cluster.ClusterDelta.RemovePod;
import io.waymark.records.cluster.ClusterDelta.RemoveService;
import io.waymark.records.cluster.ClusterDelta.RemoveSlice;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Service;
import io.waymark.source.ClusterSource;
import io.waymark.source.ClusterSourceContract;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceWorld;
import io.waymark.source.TrafficContract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/// The contract of all sources, kept by the directory source: one file for each object.
class DirectoryContractTest implements ClusterSourceContract, TrafficContract {
    private static final DirectoryConfig CONFIG = new DirectoryConfig(
            DirectoryConfig.DEFAULT.ipv4Range(), DirectoryConfig.DEFAULT.ipv6Range(), Duration.ofMillis(10));

    @TempDir
    Path directory;

    @Override
    public SourceWorld world() {
        return new ManifestWorld(directory);
    }

    private record ManifestWorld(Path directory) implements SourceWorld {
        @Override
        public ClusterSource open(SourceScope scope) {
            return new DirectorySource(List.of(directory), CONFIG, scope);
        }

        @Override
        public void make(ClusterDelta delta, Map<String, String> labels) {
            switch (delta) {
                case PutService(var service, var external, var traffic) ->
                    write(
                            "service",
                            service.name().toString(),
                            service instanceof Service.ClusterIp
                                    ? ManifestText.of(service, traffic, labels)
                                    : ManifestText.of(service, labels));
                case PutSlice(var slice) -> write("slice", slice.name().toString(), ManifestText.of(slice, labels));
                case PutNamespace(var namespace) ->
                    write("namespace", namespace.name(), ManifestText.of(namespace, labels));
                case PutPod(var pod) -> write("pod", pod.name().toString(), ManifestText.of(pod, labels));
                case RemoveService(var name) -> delete("service", name.toString());
                case RemoveSlice(var name) -> delete("slice", name.toString());
                case RemoveNamespace(var name) -> delete("namespace", name);
                case RemovePod(var name) -> delete("pod", name.toString());
                case ClusterDelta.PutNode(var node) -> write("node", node.name(), ManifestText.of(node));
                case ClusterDelta.RemoveNode(var name) -> delete("node", name);
                case ClusterDelta.PutServiceCidr(var cidr) -> write("cidr", cidr.name(), ManifestText.of(cidr));
                case ClusterDelta.RemoveServiceCidr(var name) -> delete("cidr", name);
            }
        }

        @Override
        public void makeImpossible(NamespacedName service) {
            write("service", service.toString(), """
                    apiVersion: v1
                    kind: Service
                    metadata: {name: %s, namespace: %s}
                    spec:
                      clusterIP: 10.96.0.256
                      ports: [{port: 80}]
                    """.formatted(service.name(), service.namespace()));
        }

        private void write(String kind, String name, String text) {
            try {
                // As configuration management does it; who writes in place has tests of its own.
                var draft = Files.writeString(directory.resolve(".draft"), text);
                Files.move(draft, file(kind, name), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void delete(String kind, String name) {
            try {
                Files.delete(file(kind, name));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private Path file(String kind, String name) {
            return directory.resolve(kind + "-" + name.replace('/', '-') + ".yaml");
        }

        @Override
        public void close() {}
    }
}
