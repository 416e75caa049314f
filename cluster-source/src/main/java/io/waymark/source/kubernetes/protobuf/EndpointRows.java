package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.address.IpAddress;
import io.waymark.records.cluster.Endpoints;
import io.waymark.records.cluster.Hints;
import io.waymark.records.cluster.NamespacedName;
import io.waymark.source.SourceScope;
import io.waymark.source.kubernetes.protobuf.wire.DottedQuad;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import io.waymark.source.kubernetes.protobuf.wire.ValuePool;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/// Reads the endpoints of one slice into packed rows of one address family. The order of addresses
/// is that of the slice, but for texts that are odd, which come behind the others of their endpoint.
final class EndpointRows {
    private static final int ADDRESSES = ProtoCursor.delimited(1);
    private static final int CONDITIONS = ProtoCursor.delimited(2);
    private static final int HOSTNAME = ProtoCursor.delimited(3);
    private static final int TARGET_REF = ProtoCursor.delimited(4);
    private static final int NODE_NAME = ProtoCursor.delimited(6);
    private static final int ZONE = ProtoCursor.delimited(7);
    private static final int HINTS = ProtoCursor.delimited(8);
    private static final int FOR_ZONES = ProtoCursor.delimited(1);
    private static final int FOR_NODES = ProtoCursor.delimited(2);
    private static final int FOR_NAME = ProtoCursor.delimited(1);
    private static final int READY = ProtoCursor.number(1);
    private static final int SERVING = ProtoCursor.number(2);
    private static final int TERMINATING = ProtoCursor.number(3);
    private static final int TARGET_KIND = ProtoCursor.delimited(1);
    private static final int TARGET_NAME = ProtoCursor.delimited(3);

    private final Endpoints.Builder builder;
    private final int octetsPerAddress;
    private final boolean podNames;
    private final boolean traffic;
    private final List<String> forZones = new ArrayList<>();
    private final List<String> forNodes = new ArrayList<>();
    private final ValuePool<Hints> knownHints = new ValuePool<>(UnaryOperator.identity());
    private final TextPool pool;
    private final UnfitObjects unfit;

    private NamespacedName slice = new NamespacedName("", "");
    private int rows;
    private int[] quads = new int[4];
    private int quadCount;
    private final List<String> otherAddresses = new ArrayList<>();
    private boolean ready;
    private boolean serving;
    private boolean terminating;
    private String hostname = "";
    private String nodeName = "";
    private String zone = "";
    private String podName = "";

    EndpointRows(int octetsPerAddress, SourceScope scope, TextPool pool, UnfitObjects unfit) {
        this.octetsPerAddress = octetsPerAddress;
        this.builder = new Endpoints.Builder(octetsPerAddress);
        this.podNames = scope.podNames();
        this.traffic = scope.traffic().isWanted();
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
                readAddress(cursor);
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
            } else if (tag == HINTS && traffic) {
                readHints(cursor);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        addRows();
    }

    private void clear() {
        quadCount = 0;
        otherAddresses.clear();
        forZones.clear();
        forNodes.clear();
        ready = true;
        serving = true;
        terminating = false;
        hostname = "";
        nodeName = "";
        zone = "";
        podName = "";
    }

    /// Nearly all addresses are plain dotted quads, which are read where they stand: a text for each
    /// of 100,000 costs a third of the decoding.
    private void readAddress(ProtoCursor cursor) throws MalformedProtobuf {
        int length = cursor.length();
        int at = cursor.position();
        if (traffic && quadCount + otherAddresses.size() > 0) {
            // The data path takes the first only, as the API has it.
            cursor.rewind(at + length);
            return;
        }
        long quad = octetsPerAddress == 4 ? DottedQuad.read(cursor.octets(), at, length) : DottedQuad.NONE;
        if (quad == DottedQuad.NONE) {
            otherAddresses.add(new String(cursor.octets(), at, length, StandardCharsets.UTF_8));
        } else {
            if (quadCount == quads.length) {
                quads = Arrays.copyOf(quads, 2 * quadCount);
            }
            quads[quadCount++] = (int) quad;
        }
        cursor.rewind(at + length);
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

    private void readHints(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == FOR_ZONES) {
                readHint(cursor, forZones);
            } else if (tag == FOR_NODES) {
                readHint(cursor, forNodes);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void readHint(ProtoCursor cursor, List<String> names) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == FOR_NAME) {
                names.add(cursor.text(pool));
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    /// One object for equal hints: a zone's endpoints all have the same.
    private Hints hints() {
        if (forZones.isEmpty() && forNodes.isEmpty()) {
            return Hints.NONE;
        }
        return knownHints.share(new Hints(forZones, forNodes));
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
        var row = new Endpoints.Row(ready, serving, terminating, hostname, nodeName, zone, podName, hints());
        for (int i = 0; i < quadCount; i++) {
            builder.add(new IpAddress.V4(quads[i]), row);
        }
        rows += quadCount;
        otherAddresses.forEach(text -> addOther(text, row));
    }

    private void addOther(String text, Endpoints.Row row) {
        var address = traffic ? IpAddress.parseLegacy(text) : IpAddress.parse(text);
        if (address.isPresent() && isOfFamily(address.get())) {
            builder.add(address.get(), row);
            rows++;
        } else {
            unfit.leftOut(
                    "EndpointSlice",
                    slice,
                    "address " + UnfitObjects.quoted(text) + " left out, for it is no "
                            + (octetsPerAddress == 4 ? "IPv4" : "IPv6") + " address");
        }
    }

    private boolean isOfFamily(IpAddress address) {
        return switch (address) {
            case IpAddress.V4 v4 -> octetsPerAddress == 4;
            case IpAddress.V6 v6 -> octetsPerAddress == 16;
        };
    }
}
