package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Pod;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import io.waymark.source.kubernetes.protobuf.wire.ValuePool;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads Pods (core/v1): their names and `status.podIPs`; their labels where somebody asks for them.
public final class PodDecoder implements ObjectDecoder {
    private static final int SPEC = ProtoCursor.delimited(2);
    private static final int HOST_NETWORK = ProtoCursor.number(11);
    private static final int STATUS = ProtoCursor.delimited(3);
    private static final int POD_IP = ProtoCursor.delimited(6);
    private static final int POD_IPS = ProtoCursor.delimited(12);
    private static final int IP = ProtoCursor.delimited(1);

    private final Metadata metadata = new Metadata(new TextPool());
    private final ValuePool<Map<String, String>> labels = new ValuePool<>(Map::copyOf);
    private final UnfitObjects unfit;
    private final List<String> podIps = new ArrayList<>();
    private String podIp = "";
    private boolean hostNetwork;

    /// @param keepLabels whether Pods keep their labels
    public PodDecoder(boolean keepLabels, UnfitObjects unfit) {
        this.unfit = unfit;
        metadata.keepLabels(keepLabels);
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        metadata.clear();
        podIps.clear();
        podIp = "";
        hostNetwork = false;
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == METADATA) {
                metadata.read(cursor);
            } else if (tag == SPEC) {
                readSpec(cursor);
            } else if (tag == STATUS) {
                readStatus(cursor);
            } else {
                cursor.skip();
            }
        }
        var name = metadata.name();
        if (!ObjectNames.isLabel(name.namespace()) || !ObjectNames.isSubdomain(name.name())) {
            unfit.leftOut("Pod", name, "left out, for its name is no DNS name");
            return removal(name);
        }
        return new ClusterDelta.PutPod(
                new Pod(name, metadata.origin(), addresses(name), hostNetwork, labels.share(metadata.labels())));
    }

    private void readSpec(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == HOST_NETWORK) {
                hostNetwork = cursor.bool();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readStatus(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == POD_IP) {
                podIp = cursor.text();
            } else if (tag == POD_IPS) {
                readPodIp(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readPodIp(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == IP) {
                podIps.add(cursor.text());
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private List<IpAddress> addresses(NamespacedName name) {
        var texts = podIps.isEmpty() && !podIp.isEmpty() ? List.of(podIp) : podIps;
        var addresses = new ArrayList<IpAddress>(texts.size());
        for (var text : texts) {
            IpAddress.parse(text)
                    .ifPresentOrElse(
                            addresses::add,
                            () -> unfit.leftOut(
                                    "Pod", name, "address " + UnfitObjects.quoted(text) + " left out, for it is none"));
        }
        return addresses;
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemovePod(name);
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
