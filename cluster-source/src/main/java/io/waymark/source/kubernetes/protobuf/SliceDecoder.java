package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.EndpointPort;
import io.waymark.records.cluster.EndpointSlice;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.LabelSelector;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;
import io.waymark.source.SourceScope;
import io.waymark.source.SourceScope.Reach;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import io.waymark.source.kubernetes.protobuf.wire.ValuePool;
import java.util.ArrayList;
import java.util.List;

/// Reads EndpointSlices (discovery.k8s.io/v1). A slice that names no Service says nothing to us and is not
/// kept; one whose addresses are domain names (addressType FQDN, deprecated) is left out with a warning.
///
/// Two passes over the octets: the address type stands behind the endpoints that it is needed for.
public final class SliceDecoder implements ObjectDecoder {
    /// The label that every slice of a cluster set has.
    public static final String IMPORTED = Metadata.IMPORTED_NAME;

    private static final int ENDPOINTS = ProtoCursor.delimited(2);
    private static final int PORTS = ProtoCursor.delimited(3);
    private static final int ADDRESS_TYPE = ProtoCursor.delimited(4);
    private static final int PORT_NAME = ProtoCursor.delimited(1);
    private static final int PORT_PROTOCOL = ProtoCursor.delimited(2);
    private static final int PORT_NUMBER = ProtoCursor.number(3);

    private final TextPool pool = new TextPool();
    private final ValuePool<List<EndpointPort>> portLists = new ValuePool<>(List::copyOf);
    private final Metadata metadata = new Metadata(pool);
    private final EndpointRows rowsV4;
    private final EndpointRows rowsV6;
    private final UnfitObjects unfit;
    private final Reach reach;

    private final List<EndpointPort> ports = new ArrayList<>();
    private String addressType = "";

    /// A decoder of the cluster's own slices.
    public SliceDecoder(boolean podNames, UnfitObjects unfit) {
        this(new SourceScope(true, false, podNames, LabelSelector.ALL, LabelSelector.ALL), unfit);
    }

    /// @param scope which label says what a slice belongs to, and what endpoints keep
    public SliceDecoder(SourceScope scope, UnfitObjects unfit) {
        this.reach = scope.reach();
        this.unfit = unfit;
        this.rowsV4 = new EndpointRows(4, scope, pool, unfit);
        this.rowsV6 = new EndpointRows(16, scope, pool, unfit);
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        int start = cursor.position();
        readHead(cursor);
        var name = metadata.name();
        if (!ObjectNames.isLabel(name.namespace()) || !ObjectNames.isSubdomain(name.name())) {
            return leftOut(name, "left out, for its name is no DNS name");
        }
        if (service().isEmpty()) {
            return removal(name);
        }
        if (!ObjectNames.isLabel(service())) {
            return leftOut(name, unfitLabel(serviceLabel(), service()));
        }
        if (!sourceCluster().isEmpty() && !ObjectNames.isLabel(sourceCluster())) {
            return leftOut(name, unfitLabel(Metadata.SOURCE_CLUSTER, sourceCluster()));
        }
        cursor.rewind(start);
        return switch (addressType) {
            case "IPv4" -> put(name, readBody(cursor, name, rowsV4));
            case "IPv6" -> put(name, readBody(cursor, name, rowsV6));
            case "FQDN" ->
                leftOut(
                        name,
                        "left out, for its addressType is FQDN, which is deprecated: domain names are no addresses to"
                                + " answer with; use a Service of type ExternalName");
            default ->
                leftOut(
                        name,
                        "left out, for its addressType is " + UnfitObjects.quoted(addressType)
                                + "; expected IPv4 or IPv6");
        };
    }

    private ClusterDelta put(NamespacedName name, Endpoints endpoints) {
        return new ClusterDelta.PutSlice(new EndpointSlice(
                name, metadata.origin(), service(), portLists.share(ports), endpoints, sourceCluster()));
    }

    private String serviceLabel() {
        return switch (reach) {
            case CLUSTER -> Metadata.SERVICE_NAME;
            case CLUSTER_SET -> Metadata.IMPORTED_NAME;
        };
    }

    private String service() {
        return switch (reach) {
            case CLUSTER -> metadata.service();
            case CLUSTER_SET -> metadata.imported();
        };
    }

    private String sourceCluster() {
        return switch (reach) {
            case CLUSTER -> "";
            case CLUSTER_SET -> metadata.sourceCluster();
        };
    }

    private static String unfitLabel(String label, String value) {
        return "left out, for its label " + label + " is " + UnfitObjects.quoted(value) + ", which is no DNS label";
    }

    private void readHead(ProtoCursor cursor) throws MalformedProtobuf {
        metadata.clear();
        addressType = "";
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == METADATA) {
                metadata.read(cursor);
            } else if (tag == ADDRESS_TYPE) {
                addressType = cursor.text(pool);
            } else {
                cursor.skip();
            }
        }
    }

    private Endpoints readBody(ProtoCursor cursor, NamespacedName name, EndpointRows rows) throws MalformedProtobuf {
        ports.clear();
        rows.begin(name);
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == ENDPOINTS) {
                rows.read(cursor);
            } else if (tag == PORTS) {
                readPort(cursor, name);
            } else {
                cursor.skip();
            }
        }
        return rows.build();
    }

    /// A port without a number stands for all ports, and has none that a name could say.
    private void readPort(ProtoCursor cursor, NamespacedName slice) throws MalformedProtobuf {
        var name = "";
        var protocol = "";
        boolean hasNumber = false;
        long number = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == PORT_NAME) {
                name = cursor.text(pool);
            } else if (tag == PORT_PROTOCOL) {
                protocol = cursor.text(pool);
            } else if (tag == PORT_NUMBER) {
                number = cursor.varint();
                hasNumber = true;
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        var known = Protocol.parse(protocol);
        if (known.isPresent() && PortRules.isNumber(number) && PortRules.isName(name)) {
            ports.add(new EndpointPort(name, known.get(), (int) number));
        } else if (hasNumber) {
            unfit.leftOut("EndpointSlice", slice, PortRules.problem(name, protocol, number));
        }
    }

    private ClusterDelta leftOut(NamespacedName name, String problem) {
        unfit.leftOut("EndpointSlice", name, problem);
        return removal(name);
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveSlice(name);
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
