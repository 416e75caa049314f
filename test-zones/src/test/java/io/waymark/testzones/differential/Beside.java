package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Asker;
import io.waymark.testzones.ask.Told;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// One server block of CoreDNS, which can be asked, and what is known of the cluster behind it:
/// what a [Difference] decides by.
final class Beside {
    private final Block block;
    private final int port;
    private final Way way;
    private final Cluster cluster;
    private final Set<String> undone;
    private final Map<Ask, Told> told = new HashMap<>();
    private final Set<String> pointers = new HashSet<>();
    private final Map<Ask, Told> whole = new HashMap<>();

    /// How a server is asked.
    interface Way {
        List<Told> ask(int port, List<Ask> asks);
    }

    Beside(Block block, int port, Cluster cluster) {
        this(block, port, cluster, Asker::askAll);
    }

    Beside(Block block, int port, Cluster cluster, Way way) {
        this(block, port, cluster, way, Set.of());
    }

    /// @param undone the rows that do not apply
    Beside(Block block, int port, Cluster cluster, Way way, Set<String> undone) {
        this.undone = Set.copyOf(undone);
        this.block = block;
        this.port = port;
        this.way = way;
        this.cluster = cluster;
    }

    /// Asks all of them at once, so that [#told] need not ask one by one.
    void askAll(List<Ask> asks) {
        var answers = way.ask(port, asks);
        for (int i = 0; i < answers.size(); i++) {
            told.put(asks.get(i), answers.get(i));
        }
    }

    Block block() {
        return block;
    }

    Cluster cluster() {
        return cluster;
    }

    /// What CoreDNS says.
    Told told(Ask ask) {
        return told.computeIfAbsent(ask, asked -> way.ask(port, List.of(asked)).getFirst());
    }

    /// What CoreDNS says where room is no matter: over TCP.
    Told whole(Ask ask) {
        return whole.computeIfAbsent(ask, asked -> Asker.askOverTcp(port, asked));
    }

    /// What CoreDNS says, changed by each row of the table that applies. Where its answer was cut
    /// to fit, this begins with the whole one.
    /// @param waymark what Waymark said: for what no table can foretell, such as a serial
    Expected expected(Ask ask, Told waymark) {
        boolean cut = told(ask).isCut();
        var expected = cut ? whole(ask) : told(ask);
        var used = new LinkedHashSet<String>();
        for (var difference : Differences.of(ask)) {
            if (undone.contains(difference.id())) {
                continue;
            }
            var changed = difference.rule().apply(new Difference.Case(ask, expected, waymark, this));
            if (!changed.equals(expected)) {
                used.add(difference.id());
                expected = changed;
            }
        }
        if (cut && !waymark.isCut()) {
            used.add(MessageDifferences.TRUNCATION.id());
        }
        return new Expected(expected, used, cut);
    }

    /// The zone that the name lies in, if any.
    Optional<String> zoneOf(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return block.zones().stream()
                .filter(zone -> lower.equals(zone) || lower.endsWith("." + zone))
                .findFirst();
    }

    /// Whether an NXDOMAIN of this zone goes on to the next plugin.
    boolean fallsThrough(String zone) {
        return block.options().stream()
                .filter(option -> option.startsWith("fallthrough"))
                .anyMatch(option -> option.equals("fallthrough")
                        || List.of(option.split(" ")).contains(bare(zone)));
    }

    private static String bare(String zone) {
        return zone.substring(0, zone.length() - 1);
    }

    /// Whether the block shows this Service.
    boolean shows(Cluster.Service service) {
        return showsNamespaceOf(service) && !leavesOut(service) && !isHidden(service);
    }

    /// Whether the block shows the Service's Namespace.
    boolean showsNamespaceOf(Cluster.Service service) {
        return block.namespaces().isEmpty() || block.namespaces().contains(service.namespace());
    }

    /// Whether the option `labels` leaves the Service out, and its slices with it.
    private boolean isHidden(Cluster.Service service) {
        return service.hidden() && block.options().stream().anyMatch(option -> option.startsWith("labels "));
    }

    /// Whether the option `ignore empty_service` leaves the Service out.
    private boolean leavesOut(Cluster.Service service) {
        return block.options().contains("ignore empty_service")
                && !service.isHeadless()
                && service.externalName().isEmpty()
                && cluster.endpoints().stream()
                        .noneMatch(endpoint -> endpoint.ready()
                                && endpoint.namespace().equals(service.namespace())
                                && endpoint.service().equals(service.name()));
    }

    /// Whether a PTR record leads to a Service that exists and is shown.
    boolean leadsToShown(String line) {
        return cluster.serviceOfPointer(line).filter(this::shows).isPresent();
    }

    /// The ready endpoints of all Services that the block shows.
    List<Cluster.Endpoint> shownEndpoints() {
        return cluster.endpoints().stream()
                .filter(endpoint -> block.hasEndpoints() && endpoint.ready())
                .filter(endpoint -> cluster.service(endpoint.namespace(), endpoint.service())
                        .filter(this::shows)
                        .isPresent())
                .toList();
    }

    /// Whether an address that leads somewhere lies below a name of a reverse zone.
    boolean hasPointerBelow(String name) {
        return pointers().stream().anyMatch(pointer -> pointer.endsWith("." + name));
    }

    /// The reverse names of all addresses that lead to a Service which exists.
    private Set<String> pointers() {
        if (pointers.isEmpty()) {
            var asks = cluster.addresses().stream()
                    .map(address -> Ask.roomy(Questions.reverseName(address), "PTR"))
                    .filter(ask -> zoneOf(ask.name()).isPresent())
                    .toList();
            askAll(asks);
            asks.stream()
                    .filter(ask -> told(ask).answer().stream().anyMatch(this::leadsToShown))
                    .forEach(ask -> pointers.add(ask.name()));
            shownEndpoints().stream()
                    .map(endpoint -> Questions.reverseName(endpoint.address()))
                    .filter(name -> zoneOf(name).isPresent())
                    .forEach(pointers::add);
        }
        return pointers;
    }

    /// The SOA record that a negative answer from `zone` has, as a line of [Told]; the serial is 0.
    List<String> soa(String zone) {
        int ttl = Math.min(block.ttl(), 300);
        return List.of("%s %d in soa ns.dns.%s hostmaster.%s 0 7200 1800 86400 %d"
                .formatted(zone, ttl, zone, zone, block.ttl()));
    }
}
