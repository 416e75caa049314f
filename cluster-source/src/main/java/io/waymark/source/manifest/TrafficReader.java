package io.waymark.source.manifest;

import io.waymark.records.address.Cidr;
import io.waymark.records.cluster.ServiceTraffic;
import io.waymark.source.TrafficDraft;
import io.waymark.source.document.Field;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/// Reads how packets to a Service are treated.
final class TrafficReader {
    private TrafficReader() {}

    static ServiceTraffic read(Field root, String type) {
        var spec = root.child("spec");
        var draft = new TrafficDraft();
        spec.child("externalIPs").items().forEach(field -> field.address().ifPresent(draft::addExternalIp));
        for (var field : spec.child("loadBalancerSourceRanges").items()) {
            cidr(field).ifPresent(draft::addSourceRange);
        }
        draft.sessionAffinity(spec.child("sessionAffinity").text(TrafficReader::isAffinity, "None or ClientIP"));
        draft.affinityTimeout(spec.child("sessionAffinityConfig")
                .child("clientIP")
                .child("timeoutSeconds")
                .integer(1, ServiceTraffic.AFFINITY_SECONDS_MAX)
                .orElse(0));
        draft.internalPolicy(policy(spec.child("internalTrafficPolicy")));
        draft.externalPolicy(policy(spec.child("externalTrafficPolicy")));
        draft.healthCheckPort(spec.child("healthCheckNodePort")
                .integer(0, ServiceReader.PORT_MAX)
                .orElse(0));
        for (var ingress :
                root.child("status").child("loadBalancer").child("ingress").items()) {
            var address = ingress.child("ip").address();
            if (TrafficDraft.isVip(ingress.child("ipMode").text())) {
                address.ifPresent(draft::addLoadBalancerIp);
            }
        }
        return draft.build(type, created(root.child("metadata").child("creationTimestamp")));
    }

    private static boolean isAffinity(String text) {
        return text.equals("None") || text.equals("ClientIP");
    }

    private static String policy(Field field) {
        return field.text(text -> text.equals("Cluster") || text.equals("Local"), "Cluster or Local");
    }

    /// A prefix, blanks around it as the API lets them stand; a problem and none if it is anything else.
    static Optional<Cidr> cidr(Field field) {
        var text = field.text();
        var cidr = Cidr.parse(text.strip());
        if (cidr.isEmpty()) {
            field.complainAbout(text, "a prefix, such as 192.0.2.0/24 or 2001:db8::/32");
        }
        return cidr;
    }

    /// Only one who copied the object out of a cluster writes it; whatever else stands there is no age.
    private static long created(Field timestamp) {
        try {
            return timestamp.isGiven() ? Instant.parse(timestamp.text()).getEpochSecond() : 0;
        } catch (DateTimeParseException noTime) {
            return 0;
        }
    }
}
