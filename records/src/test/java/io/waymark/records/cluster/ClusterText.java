package io.waymark.records.cluster;

import io.waymark.records.address.IpAddress;
import io.waymark.records.name.DomainName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// A cluster as a few lines of text, for tests:
/// ```
/// namespace  shop
/// service    shop/cart  10.96.0.10,fd00::a  http=80/TCP 9090/UDP
/// service    shop/db    headless            pg=5432/TCP
/// service    shop/pay   -> pay.example.com
/// slice      shop/db-1  db                  pg=5432/TCP
/// endpoint   shop/db-1  10.244.1.5          hostname=db-0 notready
/// pod        shop/cart-0  10.244.1.9          hostnetwork app=cart
/// ```
/// A Service that is reached from outside has a word `external=203.0.113.1,lb.example`. What the data
/// path wants of it: `http=80/TCP:30080` (a node port), `externalip=198.51.100.7`, `lb=203.0.113.9`,
/// `ranges=192.0.2.0/24`, `itp=local`, `etp=local`, `affinity=10800`, `health=31080`, `created=17`;
/// of an endpoint `forzones=a,b`, `fornodes=n1`. A slice that another cluster exports has a word
/// `cluster=east`. A namespace that is mentioned exists.
public final class ClusterText {
    private static final String CLUSTER = "cluster=";
    private static final String EXTERNAL = "external=";

    private final Map<String, ClusterDelta> namespaces = new LinkedHashMap<>();
    private final List<ClusterDelta> others = new ArrayList<>();
    private final Map<NamespacedName, EndpointSlice> slices = new LinkedHashMap<>();

    private ClusterText() {}

    /// The deltas that make the cluster out of nothing.
    public static List<ClusterDelta> deltas(String text) {
        var read = new ClusterText();
        text.lines().map(String::strip).filter(line -> !line.isEmpty()).forEach(read::line);
        var deltas = new ArrayList<>(read.namespaces.values());
        deltas.addAll(read.others);
        read.slices.values().forEach(slice -> deltas.add(new ClusterDelta.PutSlice(slice)));
        return deltas;
    }

    /// Brings the cluster of the text to a listener, and says that it is complete.
    public static ClusterState feed(String text, ClusterListener listener) {
        var state = new ClusterState();
        for (var delta : deltas(text)) {
            state.apply(delta).ifPresent(change -> listener.changed(state, change));
        }
        listener.synced(state);
        return state;
    }

    private void line(String line) {
        var words = List.of(line.split("\\s+"));
        if (words.getFirst().equals("namespace")) {
            namespace(words.get(1));
            return;
        }
        var slash = words.get(1).split("/");
        var name = new NamespacedName(slash[0], slash[1]);
        namespace(name.namespace());
        var rest = words.subList(2, words.size());
        switch (words.getFirst()) {
            case "service" ->
                others.add(
                        new ClusterDelta.PutService(service(name, own(rest)), external(rest), TrafficText.read(rest)));
            case "slice" -> slices.put(name, slice(name, rest));
            case "endpoint" -> slices.computeIfPresent(name, (key, slice) -> with(slice, rest));
            case "pod" ->
                others.add(new ClusterDelta.PutPod(new Pod(
                        name,
                        new Origin.None(),
                        addresses(rest.getFirst()),
                        rest.contains("hostnetwork"),
                        labels(rest))));
            default -> throw new IllegalArgumentException(line);
        }
    }

    private static Map<String, String> labels(List<String> words) {
        return words.stream()
                .filter(word -> word.contains("="))
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    private static List<String> own(List<String> words) {
        return words.stream()
                .filter(word -> !word.startsWith(EXTERNAL) && !TrafficText.isWord(word))
                .toList();
    }

    private static ExternalAddresses external(List<String> words) {
        var texts = words.stream()
                .filter(word -> word.startsWith(EXTERNAL))
                .flatMap(word -> Arrays.stream(word.substring(EXTERNAL.length()).split(",")))
                .toList();
        return new ExternalAddresses(
                texts.stream().flatMap(text -> IpAddress.parse(text).stream()).toList(),
                texts.stream()
                        .filter(text -> IpAddress.parse(text).isEmpty())
                        .map(DomainName::of)
                        .toList());
    }

    private void namespace(String name) {
        namespaces.putIfAbsent(name, new ClusterDelta.PutNamespace(new Namespace(name, new Origin.None())));
    }

    private static Service service(NamespacedName name, List<String> words) {
        var origin = new Origin.None();
        if (words.getFirst().equals("->")) {
            return new Service.ExternalName(name, origin, words.get(1));
        }
        var ports = words.stream().skip(1).map(ClusterText::servicePort).toList();
        return words.getFirst().equals("headless")
                ? new Service.Headless(name, origin, ports)
                : new Service.ClusterIp(name, origin, addresses(words.getFirst()), ports);
    }

    private static ServicePort servicePort(String text) {
        var colon = text.indexOf(':');
        var port = endpointPort(colon < 0 ? text : text.substring(0, colon));
        int nodePort = colon < 0 ? 0 : Integer.parseInt(text.substring(colon + 1));
        return new ServicePort(port.name(), port.protocol(), port.port(), nodePort);
    }

    private static EndpointPort endpointPort(String text) {
        var equals = text.indexOf('=');
        var slash = text.indexOf('/');
        return new EndpointPort(
                equals < 0 ? "" : text.substring(0, equals),
                Protocol.valueOf(text.substring(slash + 1)),
                Integer.parseInt(text.substring(equals + 1, slash)));
    }

    private static List<IpAddress> addresses(String text) {
        return Arrays.stream(text.split(",")).map(IpAddress::of).toList();
    }

    private static EndpointSlice slice(NamespacedName name, List<String> words) {
        var ports = words.stream()
                .skip(1)
                .filter(word -> !word.startsWith(CLUSTER))
                .map(ClusterText::endpointPort)
                .toList();
        var cluster = words.stream()
                .filter(word -> word.startsWith(CLUSTER))
                .map(word -> word.substring(CLUSTER.length()))
                .findFirst();
        return new EndpointSlice(name, new Origin.None(), words.getFirst(), ports, Endpoints.NONE, cluster.orElse(""));
    }

    private static EndpointSlice with(EndpointSlice slice, List<String> words) {
        var flags = new LinkedHashSet<>(words.subList(1, words.size()));
        var texts = new LinkedHashMap<String, String>();
        flags.stream()
                .filter(flag -> flag.contains("="))
                .forEach(flag -> texts.put(flag.split("=")[0], flag.split("=")[1]));
        var address = IpAddress.of(words.getFirst());
        var rows = new Endpoints.Builder(address.octets().length);
        for (int row = 0; row < slice.endpoints().size(); row++) {
            rows.add(slice.endpoints().address(row), slice.endpoints().row(row));
        }
        rows.add(
                address,
                new Endpoints.Row(
                        !flags.contains("notready"),
                        !flags.contains("notserving"),
                        flags.contains("terminating"),
                        texts.getOrDefault("hostname", ""),
                        texts.getOrDefault("node", ""),
                        texts.getOrDefault("zone", ""),
                        texts.getOrDefault("pod", ""),
                        TrafficText.hints(texts)));
        return new EndpointSlice(
                slice.name(), slice.origin(), slice.service(), slice.ports(), rows.build(), slice.sourceCluster());
    }
}
