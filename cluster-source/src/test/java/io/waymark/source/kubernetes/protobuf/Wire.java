package io.waymark.source.kubernetes.protobuf;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.kubernetes.client.proto.Meta;
import io.kubernetes.client.proto.Runtime;
import io.kubernetes.client.proto.V1;
import io.kubernetes.client.proto.V1Discovery;
import io.kubernetes.client.proto.V1Networking;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/// Objects of the official classes as an API server sends them.
public final class Wire {
    private Wire() {}

    /// `k8s\0` and a runtime.Unknown.
    public static byte[] envelope(Message message) {
        var unknown = Runtime.Unknown.newBuilder()
                .setTypeMeta(Runtime.TypeMeta.newBuilder()
                        .setApiVersion("v1")
                        .setKind(message.getDescriptorForType().getName()))
                .setRaw(message.toByteString())
                .setContentType("")
                .build();
        var octets = new ByteArrayOutputStream();
        octets.writeBytes("k8s\0".getBytes(StandardCharsets.ISO_8859_1));
        octets.writeBytes(unknown.toByteArray());
        return octets.toByteArray();
    }

    /// A list of objects of one class; `objects` may be empty, then it is one of Services.
    public static byte[] list(long version, Collection<? extends Message> objects) {
        var metadata = Meta.ListMeta.newBuilder().setResourceVersion(Long.toString(version));
        var first = objects.stream().findFirst().map(object -> (Object) object).orElse("");
        return envelope(
                switch (first) {
                    case V1Discovery.EndpointSlice slice -> {
                        var list = V1Discovery.EndpointSliceList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1Discovery.EndpointSlice) object));
                        yield list.build();
                    }
                    case V1.Namespace namespace -> {
                        var list = V1.NamespaceList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1.Namespace) object));
                        yield list.build();
                    }
                    case V1.Pod pod -> {
                        var list = V1.PodList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1.Pod) object));
                        yield list.build();
                    }
                    case V1.Node node -> {
                        var list = V1.NodeList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1.Node) object));
                        yield list.build();
                    }
                    case V1Networking.ServiceCIDR cidr -> {
                        var list = V1Networking.ServiceCIDRList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1Networking.ServiceCIDR) object));
                        yield list.build();
                    }
                    default -> {
                        var list = V1.ServiceList.newBuilder().setMetadata(metadata);
                        objects.forEach(object -> list.addItems((V1.Service) object));
                        yield list.build();
                    }
                });
    }

    /// One frame of a watch, its length included.
    public static byte[] frame(String type, Message object) {
        var event = Meta.WatchEvent.newBuilder()
                .setType(type)
                .setObject(Runtime.RawExtension.newBuilder().setRaw(ByteString.copyFrom(envelope(object))))
                .build()
                .toByteArray();
        return ByteBuffer.allocate(4 + event.length)
                .putInt(event.length)
                .put(event)
                .array();
    }

    /// A refusal, as the body of a reply or the object of an ERROR event.
    public static Meta.Status status(int code, String reason, String message) {
        return Meta.Status.newBuilder()
                .setStatus("Failure")
                .setCode(code)
                .setReason(reason)
                .setMessage(message)
                .build();
    }
}
