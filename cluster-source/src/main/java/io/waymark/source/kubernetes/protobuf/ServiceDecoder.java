package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ClusterDelta;
import io.waymark.records.cluster.ExternalAddresses;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Protocol;
import io.waymark.records.cluster.Service;
import io.waymark.records.cluster.ServicePort;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.name.DomainName;
import io.waymark.source.SourceScope;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import io.waymark.source.kubernetes.protobuf.wire.ValuePool;
import java.util.ArrayList;
import java.util.List;

/// Reads Services (core/v1).
public final class ServiceDecoder implements ObjectDecoder {
    private static final int SPEC = ProtoCursor.delimited(2);
    private static final int STATUS = ProtoCursor.delimited(3);
    private static final int LOAD_BALANCER = ProtoCursor.delimited(1);
    private static final int INGRESS = ProtoCursor.delimited(1);
    private static final int INGRESS_IP = ProtoCursor.delimited(1);
    private static final int INGRESS_HOSTNAME = ProtoCursor.delimited(2);
    private static final int INGRESS_MODE = ProtoCursor.delimited(3);
    private static final int EXTERNAL_IPS = ProtoCursor.delimited(5);
    private static final int PORTS = ProtoCursor.delimited(1);
    private static final int CLUSTER_IP = ProtoCursor.delimited(3);
    private static final int TYPE = ProtoCursor.delimited(4);
    private static final int EXTERNAL_NAME = ProtoCursor.delimited(10);
    private static final int CLUSTER_IPS = ProtoCursor.delimited(18);
    private static final int PORT_NAME = ProtoCursor.delimited(1);
    private static final int PORT_PROTOCOL = ProtoCursor.delimited(2);
    private static final int PORT_NUMBER = ProtoCursor.number(3);
    private static final int NODE_PORT = ProtoCursor.number(5);

    private static final String HEADLESS = "None";

    private final TextPool pool = new TextPool();
    private final ValuePool<List<ServicePort>> portLists = new ValuePool<>(List::copyOf);
    private final Metadata metadata;
    private final boolean externals;
    private final boolean wantsTraffic;
    private final TrafficFields traffic;
    private final UnfitObjects unfit;

    private final List<IpAddress> externalAddresses = new ArrayList<>();
    private final List<DomainName> externalHostnames = new ArrayList<>();
    private final List<ServicePort> ports = new ArrayList<>();
    private final List<String> clusterIps = new ArrayList<>();
    private String clusterIp = "";
    private String type = "";
    private String externalName = "";

    /// A decoder of what the cluster's own names need.
    public ServiceDecoder(UnfitObjects unfit) {
        this(SourceScope.DEFAULT, unfit);
    }

    /// @param scope whether Services keep where they are reached from outside, and how packets to them
    ///              are treated
    public ServiceDecoder(SourceScope scope, UnfitObjects unfit) {
        this.externals = scope.externals();
        this.wantsTraffic = scope.traffic().isWanted();
        this.metadata = new Metadata(pool, wantsTraffic);
        this.traffic = new TrafficFields(
                pool, problem -> unfit.leftOut("Service", metadata().name(), problem));
        this.unfit = unfit;
    }

    @Override
    public ClusterDelta decode(ProtoCursor cursor) throws MalformedProtobuf {
        clear();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == METADATA) {
                metadata.read(cursor);
            } else if (tag == SPEC) {
                readSpec(cursor);
            } else if (tag == STATUS && (externals || wantsTraffic)) {
                within(cursor, LOAD_BALANCER, balancer -> within(balancer, INGRESS, this::readIngress));
            } else {
                cursor.skip();
            }
        }
        var name = metadata.name();
        if (!ObjectNames.isLabel(name.namespace()) || !ObjectNames.isLabel(name.name())) {
            return leftOut(name, "left out, for its name is no DNS label");
        }
        if (type.equals("ExternalName")) {
            return external(name);
        }
        return firstClusterIp().equals(HEADLESS)
                ? put(new Service.Headless(name, metadata.origin(), portLists.share(ports)))
                : clusterIp(name);
    }

    private void clear() {
        metadata.clear();
        externalAddresses.clear();
        externalHostnames.clear();
        ports.clear();
        clusterIps.clear();
        traffic.clear();
        clusterIp = "";
        type = "";
        externalName = "";
    }

    private void readSpec(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == PORTS) {
                readPort(cursor);
            } else if (tag == CLUSTER_IP) {
                clusterIp = cursor.text();
            } else if (tag == CLUSTER_IPS) {
                clusterIps.add(cursor.text());
            } else if (tag == TYPE) {
                type = cursor.text(pool);
            } else if (tag == EXTERNAL_NAME) {
                externalName = cursor.text();
            } else if (tag == EXTERNAL_IPS && (externals || wantsTraffic)) {
                readExternalIp(cursor.text());
            } else if (!wantsTraffic || !traffic.read(tag, cursor)) {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readExternalIp(String text) {
        if (externals) {
            addExternal(text);
        }
        if (wantsTraffic) {
            traffic.addExternalIp(text);
        }
    }

    private ClusterDelta put(Service service) {
        boolean none = externalAddresses.isEmpty() && externalHostnames.isEmpty();
        return new ClusterDelta.PutService(
                service,
                none ? ExternalAddresses.NONE : new ExternalAddresses(externalAddresses, externalHostnames),
                wantsTraffic ? traffic.build(type, metadata.createdSeconds()) : ServiceTraffic.PLAIN);
    }

    /// Reads the part of a message.
    private interface Part {
        void read(ProtoCursor cursor) throws MalformedProtobuf;
    }

    /// Reads each field of the nested message at the cursor that has the tag, and passes the message.
    private static void within(ProtoCursor cursor, int tag, Part part) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == tag) {
                part.read(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    /// An ingress has an address or a hostname; of both the address counts.
    private void readIngress(ProtoCursor cursor) throws MalformedProtobuf {
        var ip = "";
        var hostname = "";
        var mode = "";
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == INGRESS_IP) {
                ip = cursor.text();
            } else if (tag == INGRESS_HOSTNAME) {
                hostname = cursor.text();
            } else if (tag == INGRESS_MODE && wantsTraffic) {
                mode = cursor.text(pool);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        if (externals) {
            addExternal(ip.isEmpty() ? hostname : ip);
        }
        if (wantsTraffic) {
            traffic.addIngress(ip, mode);
        }
    }

    private void addExternal(String text) {
        var address = IpAddress.parse(text);
        if (address.isPresent()) {
            externalAddresses.add(address.get());
        } else if (!text.isEmpty()) {
            DomainName.parse(text)
                    .ifPresentOrElse(
                            externalHostnames::add,
                            () -> unfit.leftOut(
                                    "Service",
                                    metadata.name(),
                                    "external address " + UnfitObjects.quoted(text)
                                            + " left out, for it is neither an address nor a domain name"));
        }
    }

    private void readPort(ProtoCursor cursor) throws MalformedProtobuf {
        var name = "";
        var protocol = "";
        long number = 0;
        long nodePort = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == PORT_NAME) {
                name = cursor.text(pool);
            } else if (tag == PORT_PROTOCOL) {
                protocol = cursor.text(pool);
            } else if (tag == PORT_NUMBER) {
                number = cursor.varint();
            } else if (tag == NODE_PORT && wantsTraffic) {
                nodePort = cursor.varint();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        var known = Protocol.parse(protocol);
        if (known.isPresent() && PortRules.isNumber(number) && PortRules.isName(name)) {
            ports.add(new ServicePort(
                    name, known.get(), (int) number, PortRules.isNumber(nodePort) ? (int) nodePort : 0));
        } else {
            unfit.leftOut("Service", metadata.name(), PortRules.problem(name, protocol, number));
        }
    }

    private String firstClusterIp() {
        return clusterIps.isEmpty() ? clusterIp : clusterIps.getFirst();
    }

    private ClusterDelta external(NamespacedName name) {
        if (externalName.isEmpty() || DomainName.parse(externalName).isEmpty()) {
            return leftOut(
                    name, "left out, for its externalName " + UnfitObjects.quoted(externalName) + " is no domain name");
        }
        return new ClusterDelta.PutService(new Service.ExternalName(name, metadata.origin(), externalName));
    }

    private ClusterDelta clusterIp(NamespacedName name) {
        var texts = clusterIps.isEmpty() ? List.of(clusterIp) : clusterIps;
        var addresses = new ArrayList<IpAddress>(texts.size());
        for (var text : texts) {
            (wantsTraffic ? IpAddress.parseLegacy(text) : IpAddress.parse(text))
                    .ifPresentOrElse(
                            addresses::add,
                            () -> unfit.leftOut(
                                    "Service",
                                    name,
                                    "clusterIP " + UnfitObjects.quoted(text) + " left out, for it is no address"));
        }
        return addresses.isEmpty()
                ? removal(name)
                : put(new Service.ClusterIp(name, metadata.origin(), addresses, portLists.share(ports)));
    }

    private ClusterDelta leftOut(NamespacedName name, String problem) {
        unfit.leftOut("Service", name, problem);
        return removal(name);
    }

    @Override
    public ClusterDelta removal(NamespacedName name) {
        return new ClusterDelta.RemoveService(name);
    }

    @Override
    public Metadata metadata() {
        return metadata;
    }
}
