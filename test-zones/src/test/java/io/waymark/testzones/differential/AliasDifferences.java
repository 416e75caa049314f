package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Told;
import io.waymark.testzones.differential.Difference.Case;
import io.waymark.testzones.differential.Difference.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// The rows about ExternalName Services: CoreDNS forgets an alias that leads to nothing, and says
/// NOERROR whatever became of its target; Waymark keeps both (RFC 6604 §2).
final class AliasDifferences {
    /// How many aliases either server follows.
    private static final int CHAIN_MAX = 11;

    static final List<Difference> ALL = List.of(
            new Difference(
                    "alias-kept",
                    AliasDifferences::kept,
                    new Row(
                            "an ExternalName whose target in the zone is missing or lacks the type",
                            "n/D without the CNAME",
                            "the CNAME, then what is true of the target",
                            "RFC 6604 §2: the response code is that of the last name")),
            new Difference(
                    "alias-rcode",
                    AliasDifferences::rcode,
                    new Row(
                            "an ExternalName whose target elsewhere does not exist, or cannot be asked",
                            "NOERROR",
                            "the code of the last name",
                            "RFC 6604 §2: the response code is that of the last name")));

    private AliasDifferences() {}

    /// In-zone targets without what was asked for.
    private static Told kept(Case given) {
        if (!given.asksFor("A", "AAAA")
                || !given.told().isNoData()
                || target(given, given.name()).isEmpty()) {
            return given.told();
        }
        var aliases = new ArrayList<String>();
        var name = given.name();
        for (var target = target(given, name); target.isPresent(); target = target(given, name)) {
            aliases.add(
                    "%s %d in cname %s".formatted(name, given.beside().block().ttl(), target.get()));
            name = target.get();
            var next = name;
            if (aliases.stream().anyMatch(alias -> alias.startsWith(next + " ")) || aliases.size() > CHAIN_MAX) {
                break;
            }
        }
        boolean ends = target(given, name).isEmpty();
        var rcode = ends ? rcodeAt(given, name) : "NOERROR";
        aliases.sort(null);
        return given.noData().with(rcode, aliases, given.noData().authority(), List.of());
    }

    /// The response code of a name in the zone, where nothing falls through.
    private static String rcodeAt(Case given, String name) {
        var told = given.beside()
                .expected(given.about(name, given.ask().type()), given.waymark())
                .told();
        return given.isDenied(told) ? "NXDOMAIN" : told.rcode();
    }

    /// Targets elsewhere that do not exist, or whose server fails.
    private static Told rcode(Case given) {
        if (!given.isForward()
                || !given.asksFor("A", "AAAA")
                || given.told().answer().isEmpty()) {
            return given.told();
        }
        var last = target(given, given.name());
        for (int hop = 0;
                hop < CHAIN_MAX
                        && last.isPresent()
                        && given.beside().zoneOf(last.get()).isPresent();
                hop++) {
            last = target(given, last.get());
        }
        if (last.isEmpty() || given.beside().zoneOf(last.get()).isPresent()) {
            return given.told();
        }
        var elsewhere = given.beside().told(given.about(last.get(), given.ask().type()));
        return given.told()
                .with(
                        elsewhere.rcode(),
                        given.told().answer(),
                        elsewhere.authority(),
                        given.told().additional());
    }

    /// Where an ExternalName Service of this name leads, with the dot at the end, if there is one.
    private static Optional<String> target(Case given, String name) {
        var labels = name.toLowerCase(Locale.ROOT).split("\\.");
        if (given.beside().zoneOf(name).isEmpty() || labels.length != 5 || !labels[2].equals("svc")) {
            return Optional.empty();
        }
        return given.beside()
                .cluster()
                .service(labels[1], labels[0])
                .filter(given.beside()::shows)
                .map(Cluster.Service::externalName)
                .filter(target -> !target.isEmpty() && !target.matches("[0-9.]+"))
                .map(target -> target.endsWith(".") ? target : target + ".");
    }
}
