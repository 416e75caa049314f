package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.records.cluster.ServiceTraffic.External;
import io.waymark.records.cluster.TrafficPolicy;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// How packets to the Service that is decoded now are treated. One of it serves all Services of a
/// decoder, one after the other.
final class TrafficFields {
    private static final int SESSION_AFFINITY = ProtoCursor.delimited(7);
    private static final int SOURCE_RANGES = ProtoCursor.delimited(9);
    private static final int EXTERNAL_POLICY = ProtoCursor.delimited(11);
    private static final int HEALTH_CHECK_PORT = ProtoCursor.number(12);
    private static final int AFFINITY_CONFIG = ProtoCursor.delimited(14);
    private static final int CLIENT_IP = ProtoCursor.delimited(1);
    private static final int TIMEOUT = ProtoCursor.number(1);
    private static final int INTERNAL_POLICY = ProtoCursor.delimited(22);

    private final TextPool pool;
    private final Consumer<String> leftOut;
    private final List<IpAddress> externalIps = new ArrayList<>();
    private final List<IpAddress> loadBalancerIps = new ArrayList<>();
    private final List<Cidr> sourceRanges = new ArrayList<>();
    private String sessionAffinity = "";
    private long affinityTimeout;
    private String internalPolicy = "";
    private String externalPolicy = "";
    private long healthCheckPort;

    /// @param leftOut told of each value that cannot be used
    TrafficFields(TextPool pool, Consumer<String> leftOut) {
        this.pool = pool;
        this.leftOut = leftOut;
    }

    void clear() {
        externalIps.clear();
        loadBalancerIps.clear();
        sourceRanges.clear();
        sessionAffinity = "";
        affinityTimeout = 0;
        internalPolicy = "";
        externalPolicy = "";
        healthCheckPort = 0;
    }

    /// Reads the value of a field of `spec` if it is one of ours; otherwise leaves it where it is.
    boolean read(int tag, ProtoCursor cursor) throws MalformedProtobuf {
        if (tag == SESSION_AFFINITY) {
            sessionAffinity = cursor.text(pool);
        } else if (tag == AFFINITY_CONFIG) {
            readAffinity(cursor);
        } else if (tag == SOURCE_RANGES) {
            addSourceRange(cursor.text());
        } else if (tag == EXTERNAL_POLICY) {
            externalPolicy = cursor.text(pool);
        } else if (tag == INTERNAL_POLICY) {
            internalPolicy = cursor.text(pool);
        } else if (tag == HEALTH_CHECK_PORT) {
            healthCheckPort = cursor.varint();
        } else {
            return false;
        }
        return true;
    }

    private void readAffinity(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == CLIENT_IP) {
                readTimeout(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readTimeout(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == TIMEOUT) {
                affinityTimeout = cursor.varint();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    void addExternalIp(String text) {
        IpAddress.parseLegacy(text).ifPresentOrElse(externalIps::add, () -> notAn("externalIP", text, "address"));
    }

    /// Of an ingress without an address, and of one whose packets come with the node's address
    /// (`ipMode: Proxy`), nothing is to be done here.
    void addIngress(String ip, String mode) {
        if (!ip.isEmpty() && (mode.isEmpty() || mode.equals("VIP"))) {
            IpAddress.parseLegacy(ip)
                    .ifPresentOrElse(loadBalancerIps::add, () -> notAn("load balancer IP", ip, "address"));
        }
    }

    /// The API lets blanks stand around a range.
    private void addSourceRange(String text) {
        Cidr.parseLegacy(text.strip())
                .ifPresentOrElse(sourceRanges::add, () -> notAn("loadBalancerSourceRange", text, "address prefix"));
    }

    private void notAn(String field, String text, String expected) {
        leftOut.accept(field + " " + UnfitObjects.quoted(text) + " left out, for it is no " + expected);
    }

    /// What was read, by what type of Service it is for.
    ServiceTraffic build(String type, long createdSeconds) {
        boolean isBalanced = type.equals("LoadBalancer");
        boolean isOutside = isBalanced || type.equals("NodePort") || !externalIps.isEmpty();
        boolean hasAddresses = !externalIps.isEmpty() || isBalanced && !loadBalancerIps.isEmpty();
        var external = hasAddresses
                ? new External(externalIps, isBalanced ? loadBalancerIps : List.of(), sourceRanges, createdSeconds)
                : External.NONE;
        var outer = isOutside ? policy(externalPolicy) : TrafficPolicy.CLUSTER;
        boolean isChecked = isBalanced && outer == TrafficPolicy.LOCAL && PortRules.isNumber(healthCheckPort);
        var traffic = new ServiceTraffic(
                external, policy(internalPolicy), outer, affinitySeconds(), isChecked ? (int) healthCheckPort : 0);
        return traffic.equals(ServiceTraffic.PLAIN) ? ServiceTraffic.PLAIN : traffic;
    }

    private static TrafficPolicy policy(String text) {
        return text.equals("Local") ? TrafficPolicy.LOCAL : TrafficPolicy.CLUSTER;
    }

    private int affinitySeconds() {
        if (!sessionAffinity.equals("ClientIP")) {
            return 0;
        }
        boolean isGiven = affinityTimeout >= 1 && affinityTimeout <= ServiceTraffic.AFFINITY_SECONDS_MAX;
        return isGiven ? (int) affinityTimeout : ServiceTraffic.AFFINITY_SECONDS_DEFAULT;
    }
}
