package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.Cidr;
import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.source.TrafficDraft;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
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
    private final TrafficDraft draft = new TrafficDraft();

    /// @param leftOut told of each value that cannot be used
    TrafficFields(TextPool pool, Consumer<String> leftOut) {
        this.pool = pool;
        this.leftOut = leftOut;
    }

    void clear() {
        draft.clear();
    }

    /// Reads the value of a field of `spec` if it is one of ours; otherwise leaves it where it is.
    boolean read(int tag, ProtoCursor cursor) throws MalformedProtobuf {
        if (tag == SESSION_AFFINITY) {
            draft.sessionAffinity(cursor.text(pool));
        } else if (tag == AFFINITY_CONFIG) {
            readAffinity(cursor);
        } else if (tag == SOURCE_RANGES) {
            addSourceRange(cursor.text());
        } else if (tag == EXTERNAL_POLICY) {
            draft.externalPolicy(cursor.text(pool));
        } else if (tag == INTERNAL_POLICY) {
            draft.internalPolicy(cursor.text(pool));
        } else if (tag == HEALTH_CHECK_PORT) {
            draft.healthCheckPort(cursor.varint());
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
                draft.affinityTimeout(cursor.varint());
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    void addExternalIp(String text) {
        IpAddress.parseLegacy(text).ifPresentOrElse(draft::addExternalIp, () -> notAn("externalIP", text, "address"));
    }

    /// Of an ingress without an address there is nothing to do here.
    void addIngress(String ip, String mode) {
        if (!ip.isEmpty() && TrafficDraft.isVip(mode)) {
            IpAddress.parseLegacy(ip)
                    .ifPresentOrElse(draft::addLoadBalancerIp, () -> notAn("load balancer IP", ip, "address"));
        }
    }

    /// The API lets blanks stand around a range.
    private void addSourceRange(String text) {
        Cidr.parseLegacy(text.strip())
                .ifPresentOrElse(draft::addSourceRange, () -> notAn("loadBalancerSourceRange", text, "address prefix"));
    }

    private void notAn(String field, String text, String expected) {
        leftOut.accept(field + " " + UnfitObjects.quoted(text) + " left out, for it is no " + expected);
    }

    /// What was read, by what type of Service it is for.
    ServiceTraffic build(String type, long createdSeconds) {
        return draft.build(type, createdSeconds);
    }
}
