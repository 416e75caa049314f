package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.NamespacedName;
import java.util.ArrayList;
import java.util.List;

/// Reads the endpoints of one slice into packed rows of one address family.
final class EndpointRows {
    private static final int ADDRESSES = ProtoCursor.delimited(1);
    private static final int CONDITIONS = ProtoCursor.delimited(2);
    private static final int HOSTNAME = ProtoCursor.delimited(3);
    private static final int TARGET_REF = ProtoCursor.delimited(4);
    private static final int NODE_NAME = ProtoCursor.delimited(6);
    private static final int ZONE = ProtoCursor.delimited(7);
    private static final int READY = ProtoCursor.number(1);
    private static final int SERVING = ProtoCursor.number(2);
    private static final int TERMINATING = ProtoCursor.number(3);
    private static final int TARGET_KIND = ProtoCursor.delimited(1);
    private static final int TARGET_NAME = ProtoCursor.delimited(3);

    private final Endpoints.Builder builder;
    private final int octetsPerAddress;
    private final boolean podNames;
    private final TextPool pool;
    private final UnfitObjects unfit;

    private NamespacedName slice = new NamespacedName("", "");
    private int rows;
    private final List<String> addresses = new ArrayList<>();
    private boolean ready;
    private boolean serving;
    private boolean terminating;
    private String hostname = "";
    private String nodeName = "";
    private String zone = "";
    private String podName = "";

    EndpointRows(int octetsPerAddress, boolean podNames, TextPool pool, UnfitObjects unfit) {
        this.octetsPerAddress = octetsPerAddress;
        this.builder = new Endpoints.Builder(octetsPerAddress);
        this.podNames = podNames;
        this.pool = pool;
        this.unfit = unfit;
    }

    void begin(NamespacedName name) {
        slice = name;
        rows = 0;
        builder.clear();
    }

    Endpoints build() {
        return rows == 0 && octetsPerAddress == 4 ? Endpoints.NONE : builder.build();
    }

    /// Reads the endpoint at the cursor and adds a row for each of its addresses.
    void read(ProtoCursor cursor) throws MalformedProtobuf {
        clear();
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == ADDRESSES) {
                addresses.add(cursor.text());
            } else if (tag == CONDITIONS) {
                readConditions(cursor);
            } else if (tag == HOSTNAME) {
                hostname = cursor.text();
            } else if (tag == TARGET_REF && podNames) {
                readTarget(cursor);
            } else if (tag == NODE_NAME) {
                nodeName = cursor.text(pool);
            } else if (tag == ZONE) {
                zone = cursor.text(pool);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        addRows();
    }

    private void clear() {
        addresses.clear();
        ready = true;
        serving = true;
        terminating = false;
        hostname = "";
        nodeName = "";
        zone = "";
        podName = "";
    }

    private void readConditions(ProtoCursor cursor) throws MalformedProtobuf {
        boolean hasServing = false;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == READY) {
                ready = cursor.bool();
            } else if (tag == SERVING) {
                serving = cursor.bool();
                hasServing = true;
            } else if (tag == TERMINATING) {
                terminating = cursor.bool();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        if (!hasServing) {
            serving = ready;
        }
    }

    private void readTarget(ProtoCursor cursor) throws MalformedProtobuf {
        boolean isPod = false;
        var name = "";
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == TARGET_KIND) {
                isPod = cursor.text(pool).equals("Pod");
            } else if (tag == TARGET_NAME) {
                name = cursor.text();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        podName = isPod ? name : "";
    }

    private void addRows() {
        if (!hostname.isEmpty() && !ObjectNames.isLabel(hostname)) {
            unfit.leftOut(
                    "EndpointSlice",
                    slice,
                    "hostname " + UnfitObjects.quoted(hostname) + " left out, for it is no DNS label");
            hostname = "";
        }
        var row = new Endpoints.Row(ready, serving, terminating, hostname, nodeName, zone, podName);
        for (int i = 0; i < addresses.size(); i++) {
            var address = IpAddress.parse(addresses.get(i));
            if (address.isPresent() && isOfFamily(address.get())) {
                builder.add(address.get(), row);
                rows++;
            } else {
                unfit.leftOut(
                        "EndpointSlice",
                        slice,
                        "address " + UnfitObjects.quoted(addresses.get(i)) + " left out, for it is no "
                                + (octetsPerAddress == 4 ? "IPv4" : "IPv6") + " address");
            }
        }
    }

    private boolean isOfFamily(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> octetsPerAddress == 4;
            case IpAddress.V6 v6 -> octetsPerAddress == 16;
        };
    }
}
