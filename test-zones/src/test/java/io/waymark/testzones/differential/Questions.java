package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Ask;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import org.xbill.DNS.ReverseMap;

/// What is asked about a cluster: each name it has, each ancestor of one, the names that are nearly
/// one, what the addresses lead back to, and some of it in other forms. Equal clusters and seeds
/// give equal questions.
final class Questions {
    private static final String ZONE = "cluster.local.";
    private static final List<String> TYPES = List.of(
            "A", "AAAA", "SRV", "TXT", "PTR", "CNAME", "NS", "SOA", "MX", "ANY", "HTTPS", "DS", "CAA", "TYPE65280");
    private static final List<String> CORE_TYPES = List.of("A", "AAAA", "SRV", "TXT", "PTR", "SOA");

    private final Cluster cluster;
    private final Random random;
    private final Set<String> names = new LinkedHashSet<>();

    private Questions(Cluster cluster, long seed) {
        this.cluster = cluster;
        this.random = new Random(seed);
    }

    static List<Ask> about(Cluster cluster, long seed) {
        var questions = new Questions(cluster, seed);
        questions.fixedNames();
        cluster.services().forEach(questions::serviceNames);
        cluster.endpoints().forEach(questions::endpointNames);
        questions.podNames();
        questions.ancestors();
        questions.mangled();
        return questions.asks();
    }

    private void fixedNames() {
        for (var left : List.of(
                "",
                "svc.",
                "pod.",
                "dns.",
                "ns.dns.",
                "x.ns.dns.",
                "dns-version.",
                "x.dns-version.",
                "x.",
                "a.b.c.d.e.f.",
                "svc.svc.",
                "pod.svc.",
                "svc.pod.",
                "dns.svc.",
                "dns.pod.",
                "*.shop.svc.",
                "any.shop.svc.",
                "*.svc.",
                "_tcp.",
                "_http._tcp.",
                "_tcp.svc.",
                "wpad.",
                "kubernetes.default.svc.cluster.local.")) {
            names.add(left + ZONE);
        }
        names.addAll(Block.HOST_NAMES);
        names.add("NODE-1.");
        names.addAll(List.of(
                ".",
                "local.",
                "test.",
                "www.test.",
                "gone.test.",
                "alias.test.",
                "broken.test.",
                "xcluster.local.",
                "in-addr.arpa.",
                "ip6.arpa.",
                "arpa.",
                "10.in-addr.arpa.",
                "300.2.0.10.in-addr.arpa.",
                "1.1.0.2.10.in-addr.arpa.",
                "x.in-addr.arpa.",
                "01.0.2.10.in-addr.arpa.",
                "g.ip6.arpa."));
        for (var namespace : List.of("shop", "bank", "nowhere", "empty", "default")) {
            names.add(namespace + ".svc." + ZONE);
            names.add(namespace + ".pod." + ZONE);
            names.add("nowhere." + namespace + ".svc." + ZONE);
        }
    }

    private void serviceNames(Cluster.Service service) {
        var base = service.name() + "." + service.namespace() + ".svc." + ZONE;
        names.add(base);
        for (var left : List.of("_tcp.", "_udp.", "tcp.", "x.", "_x._tcp.", "_a._b._tcp.", "x.y.z.")) {
            names.add(left + base);
        }
        for (var zone : List.of("eu-1", "dc.eu", "us-9")) {
            names.add(zone + ".pin._zone." + base);
            names.add(zone + ".prefer._zone." + base);
            names.add(zone + ".near._zone." + base);
        }
        for (var port : service.ports()) {
            var protocol = port.protocol().toLowerCase(Locale.ROOT);
            var name = port.name().isEmpty() ? "80" : port.name();
            names.add("_" + name + "._" + protocol + "." + base);
            names.add(name + "." + protocol + "." + base);
            names.add("_" + name + "." + protocol + "." + base);
            names.add("_" + name + "._sctp." + base);
            names.add("x._" + name + "._" + protocol + "." + base);
        }
        service.clusterIps().stream().filter(ip -> !ip.equals("None")).forEach(ip -> {
            reverse(ip);
            names.add(dashed(ip) + "." + base);
        });
    }

    private void endpointNames(Cluster.Endpoint endpoint) {
        reverse(endpoint.address());
        var base = (endpoint.service().isEmpty() ? "orphan" : endpoint.service()) + "." + endpoint.namespace() + ".svc."
                + ZONE;
        names.add(dashed(endpoint.address()) + "." + base);
        if (!endpoint.hostname().isEmpty()) {
            names.add(endpoint.hostname() + "." + base);
            names.add("x." + endpoint.hostname() + "." + base);
            names.add("_tcp." + endpoint.hostname() + "." + base);
        }
    }

    private void podNames() {
        for (var label : List.of(
                "10-9-0-1",
                "10-9-0-2",
                "10-9-0-3",
                "10-9-0-9",
                "fd00-9--1",
                "fd00--1",
                "fd00--",
                "--1",
                "010-9-0-1",
                "10-9-0",
                "10-9-0-256",
                "10-9-0-1-1",
                "p-1",
                "10--9-0",
                "1-2-3-4-5-6-7-8",
                "1--2--3")) {
            for (var namespace : List.of("bank", "shop", "nowhere")) {
                names.add(label + "." + namespace + ".pod." + ZONE);
                names.add("x." + label + "." + namespace + ".pod." + ZONE);
            }
        }
        cluster.podAddresses().forEach(this::reverse);
    }

    private void reverse(String address) {
        var name = reverseName(address);
        names.add(name);
        if (name.endsWith("ip6.arpa.")) {
            names.add(name.substring(0, 2) + name);
        }
    }

    /// The name whose PTR record says what an address is for.
    static String reverseName(String address) {
        try {
            return ReverseMap.fromAddress(InetAddress.getByName(address)).toString();
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(address + " is no address", e);
        }
    }

    /// The endpoint label of an address without a hostname.
    static String dashed(String address) {
        var label = address.replace('.', '-').replace(':', '-');
        return label.endsWith("-") ? label + "0" : label;
    }

    private void ancestors() {
        for (var name : List.copyOf(names)) {
            for (int dot = name.indexOf('.'); dot >= 0 && dot < name.length() - 1; dot = name.indexOf('.')) {
                name = name.substring(dot + 1);
                names.add(name);
            }
        }
    }

    /// A label taken out, doubled, or changed by one letter.
    private void mangled() {
        var all = List.copyOf(names);
        for (int i = 0; i < all.size() / 4; i++) {
            var labels =
                    new ArrayList<>(List.of(all.get(random.nextInt(all.size())).split("\\.")));
            if (labels.size() < 2) {
                continue;
            }
            int at = random.nextInt(labels.size() - 1);
            switch (random.nextInt(3)) {
                case 0 -> labels.remove(at);
                case 1 -> labels.add(at, labels.get(at));
                default -> labels.set(at, labels.get(at) + "x");
            }
            names.add(String.join(".", labels) + ".");
        }
    }

    private List<Ask> asks() {
        var asks = new ArrayList<Ask>();
        var all = List.copyOf(names);
        for (var name : all) {
            boolean reverse = name.endsWith(".arpa.");
            for (var type : reverse ? CORE_TYPES : TYPES) {
                asks.add(Ask.roomy(name, type));
            }
        }
        otherForms(all, asks);
        return asks;
    }

    private void otherForms(List<String> all, List<Ask> asks) {
        for (var form : List.of(
                Ask.Form.PLAIN,
                Ask.Form.DNSSEC_OK,
                new Ask.Form(0, false, false, "IN", 0),
                new Ask.Form(100, false, true, "IN", 0),
                new Ask.Form(1232, false, true, "CH", 0),
                new Ask.Form(0, false, true, "ANY", 0),
                new Ask.Form(512, true, true, "IN", 0),
                new Ask.Form(4096, 1, false, true, "IN", 0),
                new Ask.Form(65535, true, true, "IN", 0))) {
            for (int i = 0; i < 300; i++) {
                asks.add(new Ask(any(all), any(CORE_TYPES), form));
            }
        }
        // Classes that nobody has; then STATUS, NOTIFY, UPDATE and an opcode that nobody has.
        for (var form : List.of(
                new Ask.Form(0, false, true, "HS", 0),
                new Ask.Form(1232, false, true, "CLASS0", 0),
                new Ask.Form(1232, false, true, "IN", 15),
                new Ask.Form(0, false, true, "IN", 2),
                new Ask.Form(0, false, false, "IN", 4),
                new Ask.Form(1232, false, true, "IN", 4),
                new Ask.Form(0, false, true, "IN", 5))) {
            for (int i = 0; i < 50; i++) {
                asks.add(new Ask(any(all), any(CORE_TYPES), form));
            }
        }
        for (int i = 0; i < 600; i++) {
            asks.add(Ask.roomy(mixedCase(any(all)), any(TYPES)));
        }
    }

    private String any(List<String> texts) {
        return texts.get(random.nextInt(texts.size()));
    }

    private String mixedCase(String name) {
        var mixed = new StringBuilder(name);
        for (int i = 0; i < mixed.length(); i++) {
            if (random.nextBoolean()) {
                mixed.setCharAt(i, Character.toUpperCase(mixed.charAt(i)));
            }
        }
        return mixed.toString();
    }
}
