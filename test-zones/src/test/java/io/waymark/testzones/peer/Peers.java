package io.waymark.testzones.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/// Where the real programs are. In this order: the folder that `KUBEBUILDER_ASSETS` names, the
/// cache that `test-zones/peers/build` fills, `PATH`, the folder of daemons.
public final class Peers {
    private static final Map<String, String> REMEDIES = Map.ofEntries(
            Map.entry("kube-apiserver", "run test-zones/peers/build"),
            Map.entry("kube-proxy", "run test-zones/peers/build"),
            Map.entry("coredns", "run test-zones/peers/build"),
            Map.entry("kustomize", "run test-zones/peers/build"),
            Map.entry("etcd", "apt-get install etcd-server"),
            Map.entry("ip", "apt-get install iproute2"),
            Map.entry("nft", "apt-get install nftables"),
            Map.entry("iptables", "apt-get install iptables"),
            Map.entry("dig", "apt-get install bind9-dnsutils"),
            Map.entry("nslookup", "apt-get install bind9-dnsutils"),
            Map.entry("cc", "apt-get install gcc libc6-dev"),
            Map.entry("unbound", "apt-get install unbound"),
            Map.entry("knotd", "apt-get install knot"),
            Map.entry("kdig", "apt-get install knot-dnsutils"),
            Map.entry("curl", "apt-get install curl"),
            Map.entry("openssl", "apt-get install openssl"));

    private Peers() {}

    /// The program of this name, or empty.
    public static Optional<Path> find(String name) {
        return folders().stream()
                .map(folder -> folder.resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /// The program of this name. Without it the test that asks is skipped, with one line that says
    /// which program and how to get it; where the environment has `CI=true` the test fails.
    public static Path require(String name) {
        var found = find(name);
        if (found.isEmpty()) {
            unavailable(name + " is missing: " + REMEDIES.getOrDefault(name, "install it, so that it is on PATH"));
        }
        return found.orElseThrow();
    }

    /// Skips the test that calls, or fails it where the environment has `CI=true`.
    public static void unavailable(String why) {
        if ("true".equals(System.getenv("CI"))) {
            Assertions.fail("with CI=true nothing may be skipped, but " + why);
        }
        System.err.println("skipped: " + why);
        Assumptions.abort(why);
    }

    /// The root of this repository: the folder that holds `./waymark`.
    public static Path root() {
        var configured = System.getProperty("waymark.root");
        return configured == null ? Path.of("").toAbsolutePath() : Path.of(configured);
    }

    private static List<Path> folders() {
        var folders = new ArrayList<Path>();
        var assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null && !assets.isEmpty()) {
            folders.add(Path.of(assets));
        }
        folders.add(cache());
        var path = System.getenv("PATH");
        for (var folder : (path == null ? "/usr/bin:/bin" : path).split(":")) {
            folders.add(Path.of(folder));
        }
        // Where daemons are, which is not on everybody's PATH.
        folders.add(Path.of("/usr/sbin"));
        return folders;
    }

    private static Path cache() {
        var own = System.getenv("WAYMARK_PEERS");
        if (own != null && !own.isEmpty()) {
            return Path.of(own);
        }
        var common = System.getenv("XDG_CACHE_HOME");
        var caches = common == null || common.isEmpty()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(common);
        return caches.resolve("waymark").resolve("peers");
    }
}
