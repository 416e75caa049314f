package io.waymark.testzones.differential;

import io.waymark.testzones.peer.Peers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A Corefile as a distribution of Kubernetes installs it, with the files that it imports. To run it
/// here, ports, addresses and the way to the API server are replaced, and nothing else.
/// @param block what a [Difference] must know of it
record WildCorefile(String name, Block block) {
    /// The zones that some of them answer for by `template`.
    static final List<String> TEMPLATES = List.of(".internal.cloudapp.net.", ".reddog.microsoft.com.");

    private static final List<String> ZONES = List.of("cluster.local.", "in-addr.arpa.", "ip6.arpa.");

    /// Regular expressions and what takes their place, in order.
    private static final Map<String, String> REPLACED = new LinkedHashMap<>();

    static {
        REPLACED.put("(?m)^ *bind .*\n", "");
        REPLACED.put("(?m)^(\\S+):(53|5353) \\{\n", "$1:{\\$DNS} {\n    bind 127.0.0.1\n");
        REPLACED.put("(?m)^( *)health( 169\\S*)?(?= |$)", "$1health 127.0.0.1:{\\$HEALTH}");
        REPLACED.put("(?m)^( *)ready$", "$1ready 127.0.0.1:{\\$READY}");
        REPLACED.put("prometheus :\\d+", "prometheus 127.0.0.1:{\\$METRICS}");
        REPLACED.put("/etc/resolv\\.conf|192\\.0\\.2\\.53", "127.0.0.1:{\\$UPSTREAM}");
        REPLACED.put("10\\.96\\.0\\.11", "127.0.0.1:{\\$CLUSTER}");
        REPLACED.put("(kubernetes [^{]*\\{\n)", "$1        kubeconfig {\\$KUBECONFIG}\n");
    }

    /// What operators put beside them.
    private static final Map<String, String> FILES =
            Map.of("NodeHosts", Block.HOSTS, "custom/stub.server", """
            acme.local:53 {
                errors
                cache 30
                forward . 192.0.2.53
            }
            """, "custom/names.override", """
            rewrite name exact api.acme.test kubernetes.default.svc.cluster.local
            """);

    /// All of them; the block says what their `kubernetes` line says.
    static WildCorefile of(String name) {
        return switch (name) {
            case "kubeadm", "kubeadm-old", "aks" -> new WildCorefile(name, block(name, "pods insecure", 30));
            case "eks", "k3s", "openshift" -> new WildCorefile(name, block(name, "pods insecure", 5));
            case "coredns-deployment" -> new WildCorefile(name, block(name, "pods disabled", 5));
            // No zone of its own: what it says is what the cluster's DNS says.
            case "node-local-dns" -> new WildCorefile(name, new Block(name, List.of(), List.of(), 5, false, List.of()));
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static Block block(String name, String pods, int ttl) {
        return new Block(name, ZONES, List.of(pods, "fallthrough in-addr.arpa ip6.arpa"), ttl, true, List.of());
    }

    /// Its text for `folder`, where the files that it imports are put.
    String textIn(Path folder) {
        try {
            for (var file : FILES.entrySet()) {
                var path = folder.resolve(file.getKey());
                Files.createDirectories(path.getParent());
                Files.writeString(path, replaced(file.getValue(), folder));
            }
            var text = replaced(
                    Files.readString(Peers.root().resolve("test-zones/src/test/resources/wild/" + name + ".Corefile")),
                    folder);
            return text.contains("ready ")
                    ? text
                    : text.replaceFirst("(?m)^( *bind .*\n)", "$1    ready 127.0.0.1:{\\$READY}\n");
        } catch (IOException e) {
            throw new UncheckedIOException("no Corefile " + name, e);
        }
    }

    private static String replaced(String text, Path folder) {
        var result = text;
        for (var rule : REPLACED.entrySet()) {
            result = result.replaceAll(rule.getKey(), rule.getValue());
        }
        return result.replace("/etc/coredns/", folder + "/");
    }
}
