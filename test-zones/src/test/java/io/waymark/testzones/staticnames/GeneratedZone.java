package io.waymark.testzones.staticnames;

import io.waymark.testzones.ask.Ask;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

/// The zone `example.org` out of a seed: few labels, so that wildcards, cuts, aliases and empty
/// non-terminals lie close together.
/// @param text  a master file
/// @param names all that is asked about, each at or below the zone
record GeneratedZone(String text, Set<String> names) {
    private static final String ORIGIN = "example.org.";
    private static final List<String> LABELS = List.of("a", "b", "c", "*");
    private static final List<String> TYPES =
            List.of("A", "AAAA", "MX", "TXT", "SRV", "CNAME", "NS", "DS", "DNAME", "SOA", "HTTPS", "ANY", "CAA");

    static GeneratedZone seeded(long seed) {
        var random = new Random(seed);
        var text = new StringBuilder("""
                $TTL 300
                @ IN SOA ns1 admin 1 7200 1800 86400 300
                @ IN NS ns1
                @ IN NS ns.elsewhere.test.
                @ IN MX 10 a
                ns1 IN A 10.0.0.53
                """);
        var names = new LinkedHashSet<String>();
        names.add(ORIGIN);
        names(names, ORIGIN, 3);
        for (var name : names) {
            if (!name.equals(ORIGIN) && random.nextInt(3) == 0) {
                record(text, name, random, List.copyOf(names));
            }
        }
        return new GeneratedZone(text.toString(), names);
    }

    private static void names(Set<String> names, String above, int depth) {
        if (depth > 0) {
            for (var label : LABELS) {
                names.add(label + "." + above);
                names(names, label + "." + above, depth - 1);
            }
        }
    }

    private static void record(StringBuilder text, String name, Random random, List<String> names) {
        var other = names.get(random.nextInt(names.size()));
        boolean wild = name.startsWith("*");
        switch (random.nextInt(wild ? 6 : 10)) {
            case 0, 1 -> text.append("%s IN A 10.0.0.%d\n".formatted(name, 1 + random.nextInt(250)));
            case 2 -> text.append("%1$s IN A 10.0.1.1\n%1$s IN A 10.0.1.2\n%1$s IN AAAA fd00::1\n".formatted(name));
            case 3 -> text.append("%1$s IN MX 10 %2$s\n%1$s IN TXT \"x y\" z\n".formatted(name, other));
            case 4 -> text.append("%s IN SRV 0 1 80 %s\n".formatted(name, other));
            case 5, 6 ->
                text.append("%s IN CNAME %s\n".formatted(name, random.nextInt(6) == 0 ? "x.elsewhere.test." : other));
            case 7 -> text.append("%1$s IN NS ns.%1$s\n%1$s IN NS ns1\nns.%1$s IN A 10.2.0.1\n".formatted(name));
            case 8 -> text.append("%s IN DNAME %s\n".formatted(name, other));
            default -> text.append("%s IN HTTPS 1 %s alpn=h2\n".formatted(name, other));
        }
    }

    /// Whether a name owns nothing and exists all the same, by a name below it.
    boolean isEmptyNonTerminal(String name) {
        var owners = text.lines().map(line -> line.split(" ")[0]).toList();
        return !owners.contains(name) && owners.stream().anyMatch(owner -> owner.endsWith("." + name));
    }

    List<Ask> asks() {
        var asks = new ArrayList<Ask>();
        for (var name : names) {
            for (var type : TYPES) {
                asks.add(Ask.roomy(name, type));
            }
        }
        return asks;
    }
}
