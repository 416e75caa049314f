package io.waymark.testzones.differential;

import static io.waymark.testzones.differential.Objects.endpoint;
import static io.waymark.testzones.differential.Objects.endpoints;
import static io.waymark.testzones.differential.Objects.namespace;
import static io.waymark.testzones.differential.Objects.pod;
import static io.waymark.testzones.differential.Objects.service;
import static io.waymark.testzones.differential.Objects.servicePorts;

import io.waymark.testzones.peer.Api;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// A cluster with each kind of Service that a zone must tell apart, by hand, and more of them by
/// chance from a seed. Equal seeds give equal clusters, but for the cluster IPs that the API
/// server hands out.
final class GeneratedCluster {
    private static final int BY_CHANCE = 40;

    private final Random random;
    private final List<Map<String, Object>> objects = new ArrayList<>();
    private final Map<String, String> podAddresses = new LinkedHashMap<>();
    private int slices;

    private GeneratedCluster(long seed) {
        random = new Random(seed);
    }

    private void byHand() {
        namespaces();
        clusterIps();
        headless();
        awkwardSlices();
        externalNames();
        pods();
    }

    private void byChance() {
        for (int i = 0; i < BY_CHANCE; i++) {
            byChance(i);
        }
    }

    /// Creates all of it.
    static void create(Api api, long seed) {
        var cluster = new GeneratedCluster(seed);
        cluster.byHand();
        cluster.byChance();
        var namespaces = cluster.objects.stream()
                .filter(object -> "Namespace".equals(object.get("kind")))
                .toList();
        api.createAll(namespaces);
        cluster.objects.removeAll(namespaces);
        api.createAll(cluster.objects);
        cluster.podAddresses.forEach((path, status) -> api.patch(path + "/status", status));
    }

    /// Puts the Services and slices of another seed in the place of those that were there by chance. The
    /// Service `mark-GENERATION` in the Namespace `marks` is made behind all of them, `ends-GENERATION` too,
    /// whose one endpoint comes last: whoever knows that knows the rest.
    static void replaceChance(Api api, long seed, int generation) {
        for (var kind : List.of("/api/v1/services", "/apis/discovery.k8s.io/v1/endpointslices")) {
            for (var item : api.get(kind).getAsJsonArray("items")) {
                var metadata = item.getAsJsonObject().getAsJsonObject("metadata");
                var name = metadata.get("name").getAsString();
                if (name.matches("s[0-9]+(-[0-9]+)?")) {
                    var at = kind.lastIndexOf('/');
                    api.delete(kind.substring(0, at) + "/namespaces/"
                            + metadata.get("namespace").getAsString() + kind.substring(at) + "/" + name);
                }
            }
        }
        var chance = new GeneratedCluster(seed);
        chance.slices = 1000 * (generation + 1);
        chance.byChance();
        chance.cluster("marks", "mark-" + generation, "http=80/TCP");
        chance.headless("marks", "ends-" + generation, "http=80/TCP");
        for (var name : List.of("mark-", "ends-")) {
            chance.slice("marks", name + generation, servicePorts("http=80/TCP"), "10.6.0." + (generation + 1));
        }
        for (var kind : List.of("Service", "EndpointSlice")) {
            chance.objects.stream()
                    .filter(object -> kind.equals(object.get("kind")))
                    .forEach(api::apply);
        }
    }

    private void namespaces() {
        for (var name : List.of("shop", "bank", "svc", "pod", "empty", "marks")) {
            boolean blue = name.equals("bank") || name.equals("marks");
            objects.add(namespace(name, Map.of("team", blue ? "blue" : "red")));
        }
    }

    private void clusterIps() {
        cluster("shop", "one-port", "http=80/TCP");
        cluster("shop", "no-port-name", "80/TCP");
        cluster("shop", "dns-like", "dns=53/UDP", "dns-tcp=53/TCP", "metrics=9153/TCP", "sctp=90/SCTP");
        cluster("bank", "one-port", "https=443/TCP");
        cluster("svc", "svc", "http=80/TCP");
        cluster("svc", "pod", "http=80/TCP");
        cluster("pod", "dns", "http=80/TCP");
        cluster("shop", "same-name", "tcp=80/TCP", "udp=81/UDP");
        clusterOf("shop", "dual", "PreferDualStack", List.of("IPv4", "IPv6"), "http=80/TCP");
        clusterOf("shop", "dual-ports", "PreferDualStack", List.of("IPv6", "IPv4"), "http=80/TCP", "quic=443/UDP");
        clusterOf("shop", "six", "SingleStack", List.of("IPv6"), "http=80/TCP");
        slice("shop", "one-port", servicePorts("http=8080/TCP"), "10.1.0.1 ready", "10.1.0.2 ready hostname=web-0");
        slice("shop", "dual", servicePorts("http=8080/TCP"), "10.1.0.3 ready");
        slice("shop", "dual", servicePorts("http=8080/TCP"), "fd00:1::3 ready");
        slice("bank", "one-port", servicePorts("https=8443/TCP"), "10.1.0.1 not-ready", "10.1.0.4 not-ready");
        // Left with ports of the same names as its Service's, but endpoints that no selector chose.
        cluster("shop", "hand-made", "http=80/TCP");
        slice("shop", "hand-made", servicePorts("http=80/TCP"), "198.51.100.1", "198.51.100.2");
        var nodePort = spec(servicePorts("http=80/TCP"));
        nodePort.put("type", "NodePort");
        objects.add(service("shop", "node-port", nodePort));
        var balancer = spec(servicePorts("http=80/TCP", "https=443/TCP"));
        balancer.put("type", "LoadBalancer");
        balancer.put("externalIPs", List.of("203.0.113.1"));
        objects.add(service("bank", "balancer", balancer));
    }

    private void headless() {
        headless("shop", "db", "pg=5432/TCP");
        slice(
                "shop",
                "db",
                servicePorts("pg=5432/TCP"),
                "10.2.0.1 hostname=db-0 zone=eu-1",
                "10.2.0.2 ready hostname=db-1 zone=dc.eu");
        headless("shop", "shared", "a=1/TCP");
        slice(
                "shop",
                "shared",
                servicePorts("a=1/TCP"),
                "10.2.1.1 hostname=same",
                "10.2.1.2 hostname=same",
                "10.2.1.3");
        headless("shop", "two-slices", "a=1/TCP", "b=2/UDP");
        slice("shop", "two-slices", servicePorts("a=11/TCP", "b=12/UDP"), "10.2.2.1 zone=eu-1", "10.2.2.2 zone=eu-2");
        slice("shop", "two-slices", servicePorts("a=11/TCP", "b=12/UDP"), "10.2.2.2", "10.2.2.3 hostname=third");
        headless("shop", "other-ports", "a=1/TCP");
        slice("shop", "other-ports", servicePorts("a=11/TCP"), "10.2.3.1");
        slice("shop", "other-ports", servicePorts("a=12/TCP"), "10.2.3.2");
        headless("shop", "both-families", "a=1/TCP");
        slice("shop", "both-families", servicePorts("a=1/TCP"), "10.2.4.1", "10.2.4.2 hostname=h");
        slice("shop", "both-families", servicePorts("a=1/TCP"), "fd00:2::1", "fd00:2:: hostname=h", "fd00:2:4::");
        headless("shop", "only-six", "a=1/TCP");
        slice("shop", "only-six", servicePorts("a=1/TCP"), "fd00:2:5::1", "fd00:2:5::a");
        headless("shop", "no-slice", "a=1/TCP");
        headless("shop", "empty-slice", "a=1/TCP");
        slice("shop", "empty-slice", servicePorts("a=1/TCP"));
        headless("shop", "none-ready", "a=1/TCP");
        slice("shop", "none-ready", servicePorts("a=1/TCP"), "10.2.6.1 not-ready hostname=x", "10.2.6.2 not-ready");
        headless("shop", "ending", "a=1/TCP");
        slice(
                "shop",
                "ending",
                servicePorts("a=1/TCP"),
                "10.2.7.1 not-ready serving terminating",
                "10.2.7.2 ready serving");
        headless("shop", "ready-and-ending", "a=1/TCP");
        slice("shop", "ready-and-ending", servicePorts("a=1/TCP"), "10.2.8.1 ready serving terminating");
        headless("shop", "nil-ports", "a=1/TCP");
        slice("shop", "nil-ports", List.of(), "10.2.9.1", "10.2.9.2 hostname=n");
        headless("bank", "no-ports");
        slice("bank", "no-ports", List.of(), "10.2.10.1");
        headless("bank", "no-port-name", "80/TCP");
        slice("bank", "no-port-name", servicePorts("8080/TCP"), "10.2.11.1", "10.2.11.2 hostname=m");
        headless("bank", "many", "a=1/TCP");
        slice("bank", "many", servicePorts("a=1/TCP"), many(12, 70));
        slice("bank", "many", servicePorts("a=1/TCP"), many(13, 70));
        headless("bank", "pods", "a=1/TCP");
        slice("bank", "pods", servicePorts("a=1/TCP"), "10.3.0.1 pod=pods-abc", "10.3.0.2 pod=pods-def hostname=h");
    }

    private void awkwardSlices() {
        slice("shop", "gone", servicePorts("a=1/TCP"), "10.4.0.1", "10.4.0.2 hostname=x");
        slice("shop", "", servicePorts("a=1/TCP"), "10.4.1.1", "10.4.1.2 hostname=y");
        slice("empty", "db", servicePorts("pg=5432/TCP"), "10.4.2.1");
        headless("empty", "common", "a=1/TCP");
        slice("empty", "common", servicePorts("a=1/TCP"), "10.2.0.1", "10.1.0.1 hostname=web-0", "10.2.4.1 not-ready");
        headless("empty", "several-addresses", "a=1/TCP");
        slice(
                "empty",
                "several-addresses",
                servicePorts("a=1/TCP"),
                "10.4.3.1 10.4.3.2 10.4.3.3 hostname=s",
                "10.4.3.4 10.4.3.5");
        headless("empty", "dashed-hostname", "a=1/TCP");
        slice("empty", "dashed-hostname", servicePorts("a=1/TCP"), "10.4.4.1 hostname=10-4-4-2", "10.4.4.2");
        objects.add(service("empty", "fixed", fixed("10.100.0.1")));
        headless("empty", "at-a-cluster-ip", "a=1/TCP");
        slice("empty", "at-a-cluster-ip", servicePorts("a=1/TCP"), "10.100.0.1 hostname=here");
        headless("empty", "port-without-number", "a=1/TCP");
        slice("empty", "port-without-number", List.of(Map.of("name", "a", "protocol", "TCP")), "10.4.5.1");
    }

    private void externalNames() {
        external("to-cluster-ip", "one-port.shop.svc.cluster.local");
        external("to-six", "six.shop.svc.cluster.local");
        external("to-headless", "db.shop.svc.cluster.local");
        external("to-endpoint", "db-1.db.shop.svc.cluster.local");
        external("to-port", "one-port.bank.svc.cluster.local");
        external("to-other-namespace", "no-ports.bank.svc.cluster.local");
        external("chain", "to-cluster-ip.shop.svc.cluster.local");
        external("chain-out", "out.shop.svc.cluster.local");
        external("self", "self.shop.svc.cluster.local");
        external("ping", "pong.shop.svc.cluster.local");
        external("pong", "ping.shop.svc.cluster.local");
        external("dangling", "nowhere.shop.svc.cluster.local");
        external("dangling-namespace", "one-port.nowhere.svc.cluster.local");
        external("dangling-chain", "dangling.shop.svc.cluster.local");
        external("to-namespace", "bank.svc.cluster.local");
        external("to-apex", "cluster.local");
        external("to-pod", "10-9-0-1.bank.pod.cluster.local");
        external("out", "www.test");
        external("out-dot", "www.test.");
        external("out-v4only", "v4only.test");
        external("out-gone", "gone.test");
        external("out-alias", "alias.test");
        external("out-dangling", "dangling.test");
        external("out-broken", "broken.test");
        external("address", "192.0.2.7");
        external("single-label", "one-port");
        for (int hop = 0; hop < 14; hop++) {
            external("hop-" + hop, (hop == 13 ? "one-port" : "hop-" + (hop + 1)) + ".shop.svc.cluster.local");
        }
    }

    private void pods() {
        for (int i = 1; i <= 3; i++) {
            objects.add(pod("bank", "p-" + i));
            podAddresses.put(
                    "/api/v1/namespaces/bank/pods/p-" + i,
                    "{\"status\":{\"phase\":\"%s\",\"podIP\":\"10.9.0.%d\",\"podIPs\":[{\"ip\":\"10.9.0.%d\"},{\"ip\":\"fd00:9::%d\"}]}}"
                            .formatted(i == 3 ? "Succeeded" : "Running", i, i, i));
        }
    }

    /// One Service of chance: its kind, family, ports, slices and their endpoints.
    private void byChance(int number) {
        var namespace = List.of("shop", "bank", "empty").get(random.nextInt(3));
        var name = "s" + number;
        var ports = new ArrayList<String>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            ports.add("p" + i + "=" + (1000 + random.nextInt(3)) + "/" + (i % 2 == 0 ? "TCP" : "UDP"));
        }
        int first = objects.size();
        var distinct =
                ports.stream().map(p -> p.substring(p.indexOf('='))).distinct().count();
        var list = distinct == ports.size() ? ports.toArray(String[]::new) : new String[] {"p0=1000/TCP"};
        if (random.nextInt(3) == 0) {
            clusterOf(namespace, name, "PreferDualStack", List.of(random.nextBoolean() ? "IPv4" : "IPv6"), list);
        } else {
            headless(namespace, name, list);
        }
        for (int i = random.nextInt(4); i > 0; i--) {
            var prefix = random.nextInt(4) == 0 ? "fd00:77::" : "10.77.0.";
            var endpoints = new ArrayList<Map<String, Object>>();
            for (int j = random.nextInt(6); j > 0; j--) {
                var address = prefix + (1 + random.nextInt(40));
                var state =
                        List.of("", " ready", " not-ready", " ready serving").get(random.nextInt(4));
                var hostname = random.nextInt(3) == 0 ? " hostname=h" + random.nextInt(3) : "";
                endpoints.add(endpoint(address + state + hostname));
            }
            objects.add(Objects.slice(namespace, name + "-" + slices++, name, servicePorts(list), endpoints));
        }
        if (random.nextInt(5) == 0) {
            for (int i = first; i < objects.size(); i++) {
                objects.set(i, Objects.labelled(objects.get(i), "tier", "hidden"));
            }
        }
    }

    private void cluster(String namespace, String name, String... ports) {
        objects.add(service(namespace, name, spec(servicePorts(ports))));
    }

    private void clusterOf(String namespace, String name, String policy, List<String> families, String... ports) {
        var spec = spec(servicePorts(ports));
        spec.put("ipFamilyPolicy", policy);
        spec.put("ipFamilies", families);
        objects.add(service(namespace, name, spec));
    }

    private void headless(String namespace, String name, String... ports) {
        var spec = spec(servicePorts(ports));
        spec.put("clusterIP", "None");
        objects.add(service(namespace, name, spec));
    }

    private void external(String name, String target) {
        objects.add(service("shop", name, Map.of("type", "ExternalName", "externalName", target)));
    }

    private static Map<String, Object> fixed(String clusterIp) {
        var spec = spec(servicePorts("http=80/TCP"));
        spec.put("clusterIP", clusterIp);
        return spec;
    }

    private static Map<String, Object> spec(List<Map<String, Object>> ports) {
        var spec = new LinkedHashMap<String, Object>();
        if (!ports.isEmpty()) {
            spec.put("ports", ports);
        }
        return spec;
    }

    private void slice(String namespace, String service, List<Map<String, Object>> ports, String... endpoints) {
        var name = (service.isEmpty() ? "orphan" : service) + "-x" + slices++;
        objects.add(Objects.slice(namespace, name, service, ports, endpoints(endpoints)));
    }

    private static String[] many(int third, int count) {
        var texts = new String[count];
        for (int i = 0; i < count; i++) {
            texts[i] = "10.5." + third + "." + (i + 1);
        }
        return texts;
    }
}
