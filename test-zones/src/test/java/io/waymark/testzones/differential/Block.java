package io.waymark.testzones.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;

/// A server block of the Corefile that both servers get.
/// @param zones   of its `kubernetes` stage, absolute, in lower case
/// @param options the lines within that stage
/// @param ttl     that they say
/// @param forward whether what is not of the zones is asked of `hosts`, then of the upstream
/// @param namespaces those whose Services are shown; none for all
record Block(String name, List<String> zones, List<String> options, int ttl, boolean forward, List<String> namespaces) {
    /// Lines of a file of hosts, for the blocks that have `hosts`.
    static final String HOSTS = """
            192.0.2.33 node-1
            2001:db8::33 node-1
            192.0.2.34 node-2.acme.test node-2
            """;
    /// The names that these lines have an answer for.
    static final List<String> HOST_NAMES = List.of(
            "node-1.",
            "node-2.",
            "node-2.acme.test.",
            "33.2.0.192.in-addr.arpa.",
            "34.2.0.192.in-addr.arpa.",
            "3.3.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.ip6.arpa.");
    /// What kubeadm writes, as far as it has to do with answers.
    static final Block KUBEADM = new Block(
            "kubeadm",
            List.of("cluster.local.", "in-addr.arpa.", "ip6.arpa."),
            List.of("pods insecure", "fallthrough in-addr.arpa ip6.arpa", "ttl 30"),
            30,
            true,
            List.of());
    /// The opposite of it, where there is one.
    static final Block NARROW = new Block(
            "narrow",
            List.of("cluster.local.", "10.in-addr.arpa."),
            List.of("pods disabled", "namespaces shop empty", "endpoint_pod_names", "zonal", "ttl 600"),
            600,
            false,
            List.of("shop", "empty"));
    /// The Namespaces of the label `team=blue`.
    private static final List<String> BLUE = List.of("bank", "marks");
    /// Pods that exist, Services that have endpoints, Namespaces by their labels.
    static final Block STRICT = new Block(
            "strict",
            List.of("cluster.local.", "in-addr.arpa.", "ip6.arpa."),
            List.of("pods verified", "ignore empty_service", "namespace_labels team=blue", "ttl 5"),
            5,
            true,
            BLUE);

    static final List<Block> ALL = List.of(KUBEADM, NARROW, STRICT);

    /// So many, their options by chance. Each shows the Namespace `marks`.
    static List<Block> byChance(int count, long seed) {
        var random = new Random(seed);
        return IntStream.range(0, count)
                .mapToObj(number -> byChance("chance" + number, random))
                .toList();
    }

    private static Block byChance(String name, Random random) {
        List<String> reverse =
                any(random, List.of(), List.of("in-addr.arpa.", "ip6.arpa."), List.of("10.in-addr.arpa."));
        var zones = new ArrayList<>(List.of("cluster.local."));
        zones.addAll(reverse);
        var options = new ArrayList<String>();
        options.add("pods " + any(random, "disabled", "insecure", "insecure", "verified"));
        int ttl = any(random, 5, 0, 1, 30, 300, 600, 3600);
        if (ttl != 5) {
            options.add("ttl " + ttl);
        }
        var through = any(random, "", "fallthrough", "fallthrough cluster.local", "fallthrough in-addr.arpa ip6.arpa");
        if (!through.isEmpty() && (!through.endsWith("arpa") || reverse.size() == 2)) {
            options.add(through);
        }
        boolean endpoints = random.nextInt(6) > 0;
        if (!endpoints) {
            options.add("noendpoints");
        } else {
            options.addAll(any(random, List.<String>of(), List.of("zonal"), List.of("endpoint_pod_names")));
            options.addAll(any(random, List.<String>of(), List.of(), List.of("ignore empty_service")));
        }
        options.addAll(any(random, List.<String>of(), List.of(), List.of("labels tier notin (hidden)")));
        List<String> namespaces =
                any(random, List.of(), List.of(), List.of("shop", "marks"), List.of("empty", "shop", "marks"), BLUE);
        if (namespaces.equals(BLUE)) {
            options.add("namespace_labels team=blue");
        } else if (!namespaces.isEmpty()) {
            options.add("namespaces " + String.join(" ", namespaces));
        }
        return new Block(name, zones, options, ttl, random.nextInt(4) > 0, namespaces);
    }

    @SafeVarargs
    private static <T> T any(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /// Whether slices are read.
    boolean hasEndpoints() {
        return !options.contains("noendpoints");
    }

    /// The variable of the Corefile that holds its DNS port.
    String portVariable() {
        return "DNS_" + name.toUpperCase(Locale.ROOT);
    }

    /// Its text in the Corefile.
    String text() {
        return """
                .:{$%s} {
                    bind 127.0.0.1
                    errors
                    ready 127.0.0.1:{$READY}
                %s    kubernetes %s {
                        kubeconfig {$KUBECONFIG}
                        %s
                    }
                %s}
                """.formatted(
                        portVariable(),
                        forward ? hosts() : "",
                        String.join(
                                " ",
                                zones.stream()
                                        .map(zone -> zone.substring(0, zone.length() - 1))
                                        .toList()),
                        String.join("\n        ", options),
                        forward ? "    forward . 127.0.0.1:{$UPSTREAM}\n" : "");
    }

    private static String hosts() {
        return "    hosts {\n" + HOSTS.indent(8) + "        ttl 60\n        fallthrough\n    }\n";
    }
}
