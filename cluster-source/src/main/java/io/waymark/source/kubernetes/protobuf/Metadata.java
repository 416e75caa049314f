package io.waymark.source.kubernetes.protobuf;

import io.waymark.records.cluster.NamespacedName;
import io.waymark.records.cluster.Origin;
import io.waymark.source.ChangeTime;
import io.waymark.source.kubernetes.protobuf.wire.MalformedProtobuf;
import io.waymark.source.kubernetes.protobuf.wire.ProtoCursor;
import io.waymark.source.kubernetes.protobuf.wire.TextPool;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.HashMap;
import java.util.Map;

/// `metadata` of the object that is decoded now (meta/v1 ObjectMeta). One of it serves all objects
/// of a decoder, one after the other.
final class Metadata {
    private static final int NAME = ProtoCursor.delimited(1);
    private static final int NAMESPACE = ProtoCursor.delimited(3);
    private static final int UID = ProtoCursor.delimited(5);
    private static final int RESOURCE_VERSION = ProtoCursor.delimited(6);
    private static final int CREATED = ProtoCursor.delimited(8);
    private static final int LABELS = ProtoCursor.delimited(11);
    private static final int DELETED = ProtoCursor.delimited(9);
    private static final int ANNOTATIONS = ProtoCursor.delimited(12);
    private static final int MANAGED_FIELDS = ProtoCursor.delimited(17);
    private static final int MANAGED_TIME = ProtoCursor.delimited(4);
    private static final int SECONDS = ProtoCursor.number(1);
    private static final int ENTRY_KEY = ProtoCursor.delimited(1);
    private static final int ENTRY_VALUE = ProtoCursor.delimited(2);

    /// The label by which a slice belongs to a Service.
    static final String SERVICE_NAME = "kubernetes.io/service-name";

    /// The label by which a slice that a cluster of a set exports belongs to a ServiceImport.
    static final String IMPORTED_NAME = "multicluster.kubernetes.io/service-name";

    /// The label that says which cluster that is.
    static final String SOURCE_CLUSTER = "multicluster.kubernetes.io/source-cluster";

    /// The label that says in which zone a Node is.
    static final String ZONE = "topology.kubernetes.io/zone";

    /// The annotation by which the endpoint slice controller says what made it write a slice.
    static final String TRIGGER_TIME = "endpoints.kubernetes.io/last-change-trigger-time";

    private static final int UUID_TEXT_OCTETS = 36;
    private static final int VERSION_DIGITS_MAX = 18;
    /// The year 9999: later times are nonsense.
    private static final long SECONDS_MAX = 253_402_300_799L;

    private final TextPool pool;
    private final Map<String, String> labels = new HashMap<>();
    private boolean labelsKept;
    private String name = "";
    private String namespace = "";
    private String service = "";
    private String imported = "";
    private String sourceCluster = "";
    private String zone = "";
    private long uidHigh;
    private long uidLow;
    private long version;
    private boolean times;
    private String triggerTime = "";
    private long writtenSeconds;
    private long createdSeconds;
    private boolean isBeingDeleted;
    private final boolean traffic;

    Metadata(TextPool pool) {
        this(pool, false);
    }

    /// @param traffic whether to read what only the data path asks for: [#createdSeconds],
    ///                [#isBeingDeleted], [#zone]
    Metadata(TextPool pool, boolean traffic) {
        this.pool = pool;
        this.traffic = traffic;
    }

    NamespacedName name() {
        return new NamespacedName(namespace, name);
    }

    /// The value of the label `kubernetes.io/service-name`, or empty.
    String service() {
        return service;
    }

    /// The value of the label [#IMPORTED_NAME], or empty.
    String imported() {
        return imported;
    }

    /// The value of the label [#SOURCE_CLUSTER], or empty.
    String sourceCluster() {
        return sourceCluster;
    }

    /// Whether [#labels] has them, of the objects that follow; then none is looked at by itself.
    void keepLabels(boolean kept) {
        labelsKept = kept;
    }

    /// All labels, if they are kept. Changes with the next object.
    Map<String, String> labels() {
        return labels;
    }

    /// The value of the label [#ZONE], or empty.
    String zone() {
        return zone;
    }

    /// `creationTimestamp` in seconds since 1970; 0 if there is none.
    long createdSeconds() {
        return createdSeconds;
    }

    /// Whether there is a `deletionTimestamp`.
    boolean isBeingDeleted() {
        return isBeingDeleted;
    }

    /// Whether [#changeTime] is wanted of the objects that follow: parsing it costs what it costs.
    void readTimes(boolean wanted) {
        times = wanted;
    }

    /// When the object was changed last: by the controller's note if there is one, otherwise by the
    /// API server's.
    ChangeTime changeTime() {
        if (!triggerTime.isEmpty()) {
            try {
                return new ChangeTime(Instant.parse(triggerTime), ChangeTime.Clock.CONTROLLER);
            } catch (DateTimeParseException noTime) {
                return ChangeTime.UNKNOWN;
            }
        }
        return writtenSeconds <= 0 || writtenSeconds > SECONDS_MAX
                ? ChangeTime.UNKNOWN
                : new ChangeTime(Instant.ofEpochSecond(writtenSeconds), ChangeTime.Clock.API_SERVER);
    }

    /// `resourceVersion`; 0 if there is none.
    long version() {
        return version;
    }

    Origin origin() {
        return new Origin.Api(uidHigh, uidLow, version);
    }

    /// Reads the nested message at the cursor and passes it.
    void read(ProtoCursor cursor) throws MalformedProtobuf {
        clear();
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == NAME) {
                name = cursor.text();
            } else if (tag == NAMESPACE) {
                namespace = cursor.text(pool);
            } else if (tag == UID) {
                uid(cursor);
            } else if (tag == RESOURCE_VERSION) {
                version = version(cursor);
            } else if (tag == LABELS) {
                label(cursor);
            } else if (tag == ANNOTATIONS && times) {
                annotation(cursor);
            } else if (tag == MANAGED_FIELDS && times) {
                managedFields(cursor);
            } else if (tag == CREATED && (times || traffic)) {
                createdSeconds = seconds(cursor);
                writtenSeconds = Math.max(writtenSeconds, createdSeconds);
            } else if (tag == DELETED && traffic) {
                isBeingDeleted = true;
                cursor.skip();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    void clear() {
        name = "";
        namespace = "";
        service = "";
        imported = "";
        sourceCluster = "";
        labels.clear();
        uidHigh = 0;
        uidLow = 0;
        version = 0;
        triggerTime = "";
        writtenSeconds = 0;
        createdSeconds = 0;
        isBeingDeleted = false;
        zone = "";
    }

    private void annotation(ProtoCursor cursor) throws MalformedProtobuf {
        boolean wanted = false;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == ENTRY_KEY) {
                wanted = cursor.text(pool).equals(TRIGGER_TIME);
            } else if (tag == ENTRY_VALUE && wanted) {
                triggerTime = cursor.text();
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    private void managedFields(ProtoCursor cursor) throws MalformedProtobuf {
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == MANAGED_TIME) {
                writtenSeconds = Math.max(writtenSeconds, seconds(cursor));
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
    }

    /// The seconds of the Time at the cursor, at least 0.
    private static long seconds(ProtoCursor cursor) throws MalformedProtobuf {
        long seconds = 0;
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            if (cursor.tag() == SECONDS) {
                seconds = Math.max(seconds, cursor.varint());
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        return seconds;
    }

    private void label(ProtoCursor cursor) throws MalformedProtobuf {
        var key = "";
        var value = "";
        int outer = cursor.enter();
        while (cursor.hasMore()) {
            int tag = cursor.tag();
            if (tag == ENTRY_KEY) {
                key = cursor.text(pool);
            } else if (tag == ENTRY_VALUE && labelsKept) {
                value = cursor.text(pool);
            } else if (tag == ENTRY_VALUE && key.equals(SERVICE_NAME)) {
                service = cursor.text();
            } else if (tag == ENTRY_VALUE && key.equals(IMPORTED_NAME)) {
                imported = cursor.text();
            } else if (tag == ENTRY_VALUE && key.equals(SOURCE_CLUSTER)) {
                sourceCluster = cursor.text(pool);
            } else if (tag == ENTRY_VALUE && traffic && key.equals(ZONE)) {
                zone = cursor.text(pool);
            } else {
                cursor.skip();
            }
        }
        cursor.leave(outer);
        if (labelsKept) {
            labels.put(key, value);
        }
    }

    /// A UUID's text; any other uid (the API knows none) counts as zero.
    private void uid(ProtoCursor cursor) throws MalformedProtobuf {
        int length = cursor.length();
        int at = cursor.position();
        cursor.rewind(at + length);
        if (length != UUID_TEXT_OCTETS) {
            return;
        }
        long high = 0;
        long low = 0;
        for (int i = 0; i < length; i++) {
            byte octet = cursor.octets()[at + i];
            int digit = Character.digit(octet, 16);
            if (digit >= 0) {
                high = high << 4 | low >>> 60;
                low = low << 4 | digit;
            } else if (octet != '-') {
                return;
            }
        }
        uidHigh = high;
        uidLow = low;
    }

    /// Reads a resourceVersion: a decimal, as of Kubernetes 1.35 by promise and before by habit.
    /// Empty is 0.
    static long version(ProtoCursor cursor) throws MalformedProtobuf {
        int length = cursor.length();
        int at = cursor.position();
        long version = 0;
        for (int i = at; i < at + length; i++) {
            int digit = cursor.octets()[i] - '0';
            if (digit < 0 || digit > 9 || length > VERSION_DIGITS_MAX) {
                throw cursor.malformed("a resourceVersion is no decimal of at most 18 digits");
            }
            version = 10 * version + digit;
        }
        cursor.rewind(at + length);
        return version;
    }
}
