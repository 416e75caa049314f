package io.waymark.dns.migration;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What plugins and options do better than in CoreDNS, and what they lack, in a clause for whoever
/// migrates. What is not here does the same. A clause stands here only if a test holds it.
public final class KnownFates {
    /// By `plugin`, `plugin option` or `plugin option value`.
    private static final Map<String, String> BETTER = Map.ofEntries(
            Map.entry(
                    "autopath",
                    "never for a Pod with its node's network; all addresses of a Pod count; what found nothing is not"
                            + " tried again at once"),
            Map.entry("cache", "bounded in octets; equal questions share one upstream query; it survives a reload"),
            Map.entry(
                    "forward",
                    "a port of its own for each question; wrong replies are waited out, truncated ones asked for again"
                            + " over TCP; equal questions share one upstream query"),
            Map.entry("health lameduck", "every query is answered until its end"),
            Map.entry("kubernetes", "names that exist are never denied; replicas agree on the serial"),
            Map.entry("kubernetes apiserver_burst", "it takes effect"),
            Map.entry("kubernetes apiserver_max_inflight", "it takes effect"),
            Map.entry("kubernetes apiserver_qps", "it takes effect"),
            Map.entry("kubernetes fallthrough", "a name that exists is never left to the next plugin"),
            Map.entry("kubernetes ignore empty_service", "PTR records of Services that it leaves out are left out too"),
            Map.entry("kubernetes namespace_labels", "PTR records of hidden Namespaces are hidden too"),
            Map.entry("kubernetes pods verified", "all addresses of a Pod have names, not the first alone"),
            Map.entry("loop", "the log names the upstream that leads back; it is left out, and the process goes on"),
            Map.entry("multisocket", "there is a socket for each processor without it"),
            Map.entry("ready", "a plugin that is not ready says why"),
            Map.entry(
                    "reload",
                    "no query is lost; sockets, caches and what is known of the cluster stay; a file that cannot be"
                            + " served is logged with all its problems"),
            Map.entry("tls", "certificates are taken up when their files change"));

    private KnownFates() {}

    /// The plugins of which a line may be better, in alphabetical order.
    public static List<String> better() {
        return BETTER.keySet().stream()
                .map(line -> line.split(" ")[0])
                .distinct()
                .sorted()
                .toList();
    }

    /// @param line a plugin, or a plugin and the words of one of its options
    static Optional<Fate> fate(List<String> line) {
        // Of an option's line the option and its first value can count; of a plugin's line the plugin alone.
        for (int words = Math.min(3, line.size()); words >= Math.min(2, line.size()); words--) {
            var known = String.join(" ", line.subList(0, words));
            if (BETTER.containsKey(known)) {
                return Optional.of(new Fate(Fate.Kind.BETTER, BETTER.get(known)));
            }
        }
        return Optional.empty();
    }
}
