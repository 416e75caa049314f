package io.waymark.source.manifest;

import io.waymark.records.cluster.Origin;
import io.waymark.records.cluster.ServiceCidr;
import io.waymark.source.SourceScope;
import io.waymark.source.document.Complaints;
import io.waymark.source.document.DocumentProblem;
import io.waymark.source.document.DocumentText;
import io.waymark.source.document.DuplicateKeys;
import io.waymark.source.document.Field;
import io.waymark.source.manifest.ManifestRead.Rejected;
import io.waymark.source.manifest.ObjectKey.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.Node;

/// Reads one file's text into [Manifest]s: Services, EndpointSlices, Namespaces and Pods, for a data
/// path Nodes and ServiceCIDRs too, alone or in lists. Any octets give a value, within bounds.
public final class ManifestReader {
    /// Lists in lists are legal but unheard of; without a bound aliases could make many of few.
    private static final int LISTS_MAX = 3;
    private static final int OBJECTS_MAX = 500_000;
    private static final String DEFAULT_NAMESPACE = "default";
    private static final String DISCOVERY = "discovery.k8s.io";
    private static final String NETWORKING = "networking.k8s.io";
    private static final Set<String> OTHER_CORE_KINDS = Set.of(
            "Binding",
            "ComponentStatus",
            "ConfigMap",
            "Endpoints",
            "Event",
            "LimitRange",
            "Node",
            "PersistentVolume",
            "PersistentVolumeClaim",
            "PodTemplate",
            "ReplicationController",
            "ResourceQuota",
            "Secret",
            "ServiceAccount");

    private final String file;
    private final List<Manifest> objects = new ArrayList<>();
    private final List<Rejected> rejected = new ArrayList<>();
    private final Map<String, Integer> ignored = new TreeMap<>();
    private final boolean traffic;
    private final SliceReader slices;

    private ManifestReader(String file, SourceScope scope) {
        this.file = file;
        this.traffic = scope.traffic().isWanted();
        this.slices = new SliceReader(scope);
    }

    /// @param file  how messages call the file; with `.json` at its end it is read as JSON
    /// @param scope what objects keep, and whether those of a data path are read
    public static ManifestRead read(String file, byte[] octets, SourceScope scope) {
        var reader = new ManifestReader(file, scope);
        Optional<DocumentProblem> fault =
                DocumentText.read(file, octets, document -> reader.readObject(document, Type.UNKNOWN, 0));
        return fault.<ManifestRead>map(ManifestRead.Unreadable::new)
                .orElseGet(() -> new ManifestRead.Objects(reader.objects, reader.rejected, reader.ignored));
    }

    /// What an object says it is.
    private record Type(String apiVersion, String kind) {
        static final Type UNKNOWN = new Type("", "");

        /// Items of a typed list (`ServiceList`) do not say it themselves.
        Type ofItems() {
            return kind.equals("List") ? UNKNOWN : new Type(apiVersion, kind.substring(0, kind.length() - 4));
        }

        boolean isList() {
            return kind.endsWith("List");
        }

        /// Whether there is no such kind in a group of which all kinds are known.
        boolean isMistyped() {
            return isOfKnownGroup() && !OTHER_CORE_KINDS.contains(kind);
        }

        boolean isOfKnownGroup() {
            return group().isEmpty() || group().equals(DISCOVERY);
        }

        private String group() {
            return apiVersion.substring(0, Math.max(0, apiVersion.indexOf('/')));
        }

        /// The kind, if it is one of ours; other groups have kinds of the same names.
        Optional<Kind> known(boolean traffic) {
            return switch (group() + "/" + kind) {
                case "/Service" -> Optional.of(Kind.SERVICE);
                case "/Namespace" -> Optional.of(Kind.NAMESPACE);
                case "/Pod" -> Optional.of(Kind.POD);
                case DISCOVERY + "/EndpointSlice" -> Optional.of(Kind.ENDPOINT_SLICE);
                case "/Node" -> Optional.of(Kind.NODE).filter(kind -> traffic);
                case NETWORKING + "/ServiceCIDR" ->
                    Optional.of(Kind.SERVICE_CIDR).filter(kind -> traffic);
                default -> Optional.empty();
            };
        }
    }

    private void readObject(Node node, Type implied, int lists) {
        var complaints = new Complaints();
        var root = Field.root(node, complaints);
        var kind = root.child("kind").text();
        var apiVersion = root.child("apiVersion").text();
        var type =
                new Type(apiVersion.isEmpty() ? implied.apiVersion : apiVersion, kind.isEmpty() ? implied.kind : kind);
        if (complaints.isEmpty() && (type.kind.isEmpty() || type.apiVersion.isEmpty())) {
            String missing = type.kind.isEmpty() ? "kind" : "apiVersion";
            root.complain("there is no " + missing + "; expected a Kubernetes object with apiVersion and kind");
        }
        if (objects.size() > OBJECTS_MAX) {
            root.complain("more than " + OBJECTS_MAX + " objects in one file; expected fewer: split it");
        }
        if (!complaints.isEmpty()) {
            reject(Optional.empty(), Optional.empty(), complaints, "this document");
        } else if (type.known(traffic).isPresent()) {
            readKnown(type.known(traffic).get(), type.apiVersion, root, complaints);
        } else if (type.isList()
                && (type.isOfKnownGroup() || root.child("items").isList())) {
            readItems(root, type, complaints, lists);
        } else if (type.isMistyped()) {
            root.child("kind").complainAbout(type.kind, "a kind that " + type.apiVersion + " has, such as Service");
            reject(Optional.empty(), Optional.empty(), complaints, "this object");
        } else {
            ignored.merge(type.kind, 1, Integer::sum);
        }
    }

    private void readItems(Field root, Type type, Complaints complaints, int lists) {
        var list = root.child("items");
        if (!list.isList()) {
            list.complainAbout("", "a list, [] if it is empty");
        }
        if (lists == LISTS_MAX) {
            root.complain("more than " + LISTS_MAX + " lists within each other");
        }
        if (!complaints.isEmpty()) {
            reject(Optional.empty(), Optional.empty(), complaints, type.kind);
            return;
        }
        for (var item : list.items()) {
            readObject(item.node(), type.ofItems(), lists + 1);
        }
    }

    private void readKnown(Kind kind, String apiVersion, Field root, Complaints complaints) {
        DuplicateKeys.check(root.node(), complaints);
        String expectedVersion = version(kind);
        if (!apiVersion.equals(expectedVersion)) {
            root.child("apiVersion").complainAbout(apiVersion, expectedVersion);
        }
        var metadata = root.child("metadata");
        var labels = metadata.child("labels").texts();
        String given = metadata.child("name").text();
        String name = nameForm(kind).require(metadata.child("name"));
        String namespace = kind.isNamespaced() ? namespace(metadata.child("namespace")) : "";
        var key = new ObjectKey(kind, namespace, name);
        var origin = new Origin.Manifest(file, root.line());
        var head = new ObjectHead(key, origin, labels);
        Manifest manifest = switch (kind) {
            case SERVICE -> ServiceReader.read(head, root, traffic);
            case ENDPOINT_SLICE -> slices.read(head, root);
            case NAMESPACE -> new Manifest.OfNamespace(key, origin, labels);
            case POD -> PodReader.read(head, root);
            case NODE -> NodeReader.read(head, root);
            case SERVICE_CIDR -> new Manifest.OfServiceCidr(key, origin, labels, serviceCidr(head, root));
        };
        if (complaints.isEmpty()) {
            objects.add(manifest);
        } else {
            boolean identified = !name.isEmpty() && (!kind.isNamespaced() || !namespace.isEmpty());
            String called = kind + (given.isEmpty() ? "" : " " + (namespace.isEmpty() ? "" : namespace + "/") + given);
            reject(Optional.of(kind), identified ? Optional.of(key) : Optional.empty(), complaints, called);
        }
    }

    private static ServiceCidr serviceCidr(ObjectHead head, Field root) {
        var cidrs = root.child("spec").child("cidrs").items().stream()
                .flatMap(field -> TrafficReader.cidr(field).stream())
                .toList();
        return new ServiceCidr(head.key().name(), head.origin(), cidrs);
    }

    private static String version(Kind kind) {
        return switch (kind) {
            case SERVICE, NAMESPACE, POD, NODE -> "v1";
            case ENDPOINT_SLICE -> DISCOVERY + "/v1";
            case SERVICE_CIDR -> NETWORKING + "/v1";
        };
    }

    private static ApiName nameForm(Kind kind) {
        return switch (kind) {
            case SERVICE, NAMESPACE -> ApiName.LABEL;
            case ENDPOINT_SLICE, POD, NODE, SERVICE_CIDR -> ApiName.SUBDOMAIN;
        };
    }

    private static String namespace(Field field) {
        return field.isGiven() ? ApiName.LABEL.read(field) : DEFAULT_NAMESPACE;
    }

    private void reject(Optional<Kind> kind, Optional<ObjectKey> key, Complaints complaints, String called) {
        rejected.add(new Rejected(kind, key, complaints.problem(file, called)));
    }
}
