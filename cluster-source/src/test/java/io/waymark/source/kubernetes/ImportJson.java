package io.waymark.source.kubernetes;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.V1;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// ServiceImports as an API server sends them. A Service with the same addresses and ports stands
/// for each.
final class ImportJson {
    private ImportJson() {}

    static byte[] list(long version, List<Message> services) {
        var items = new JsonArray();
        services.forEach(service -> items.add(object(service)));
        var metadata = new JsonObject();
        metadata.addProperty("continue", "");
        metadata.addProperty("resourceVersion", Long.toString(version));
        var list = new JsonObject();
        list.addProperty("apiVersion", "multicluster.x-k8s.io/v1alpha1");
        list.add("items", items);
        list.addProperty("kind", "ServiceImportList");
        list.add("metadata", metadata);
        return octets(list);
    }

    /// One event of a watch.
    static byte[] line(String type, Message object) {
        var event = new JsonObject();
        event.addProperty("type", type);
        event.add("object", object(object));
        return octets(event);
    }

    private static byte[] octets(JsonObject json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static JsonObject object(Message message) {
        var json = new JsonObject();
        if (message instanceof Meta.Status status) {
            json.addProperty("kind", "Status");
            json.addProperty("code", status.getCode());
            json.addProperty("reason", status.getReason());
            json.addProperty("message", status.getMessage());
            return json;
        }
        json.addProperty("kind", "ServiceImport");
        json.add("metadata", metadata(ApiWorld.metadata(message)));
        if (message instanceof V1.Service service) {
            json.add("spec", spec(service.getSpec()));
        }
        return json;
    }

    private static JsonObject metadata(Meta.ObjectMeta metadata) {
        var json = new JsonObject();
        json.addProperty("name", metadata.getName());
        json.addProperty("namespace", metadata.getNamespace());
        json.addProperty("uid", metadata.getUid());
        json.addProperty("resourceVersion", metadata.getResourceVersion());
        return json;
    }

    private static JsonObject spec(V1.ServiceSpec service) {
        boolean headless = service.getClusterIP().equals("None");
        var ips = new JsonArray();
        if (!headless) {
            service.getClusterIPsList().forEach(ips::add);
        }
        var ports = new JsonArray();
        for (var port : service.getPortsList()) {
            var json = new JsonObject();
            json.addProperty("name", port.getName());
            json.addProperty("port", port.getPort());
            json.addProperty("protocol", port.getProtocol());
            ports.add(json);
        }
        var json = new JsonObject();
        json.addProperty("type", headless ? "Headless" : "ClusterSetIP");
        json.add("ips", ips);
        json.add("ports", ports);
        return json;
    }
}
