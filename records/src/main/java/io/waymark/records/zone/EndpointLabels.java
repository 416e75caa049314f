package io.waymark.records.zone;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.name.DomainName;
import java.util.Optional;

/// The label under which one endpoint stands below its Service: its hostname, or its Pod's name
/// where that was asked for, or else its address with dashes.
final class EndpointLabels {
    private static final int LABEL_OCTETS_MAX = 63;

    private EndpointLabels() {}

    static String of(Endpoints endpoints, int row, boolean podNames) {
        var hostname = endpoints.hostname(row);
        if (!hostname.isEmpty()) {
            return hostname;
        }
        var podName = podNames ? endpoints.podName(row) : "";
        if (!podName.isEmpty() && podName.length() <= LABEL_OCTETS_MAX) {
            return podName;
        }
        return dashed(endpoints.address(row));
    }

    /// The endpoint's name below that of its Service: `db-0.db.shop.svc`, or with the cluster that
    /// exports it `db-0.east.db.shop.svc` (KEP-1645).
    static DomainName name(DomainName service, String sourceCluster, String label) {
        return (sourceCluster.isEmpty() ? service : service.child(sourceCluster)).child(label);
    }

    /// `10-1-2-3` or `fd00--1`. A label does not end with a dash: `fd00::` is `fd00--0`.
    static String dashed(IpAddress address) {
        var text = address.toString().replace('.', '-').replace(':', '-');
        return text.endsWith("-") ? text + "0" : text;
    }

    /// The address that a dashed label writes; also labels that [#dashed] would write otherwise.
    static Optional<IpAddress> address(String label) {
        int dashes = 0;
        for (int i = 0; i < label.length(); i++) {
            dashes += label.charAt(i) == '-' ? 1 : 0;
        }
        boolean ipv4 = dashes == 3 && !label.contains("--");
        return IpAddress.parse(label.replace('-', ipv4 ? '.' : ':'));
    }
}
