package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Ask;
import io.waymark.testzones.ask.Told;
import java.util.List;
import java.util.Locale;

/// One row of `docs/differences.md`: where Waymark differs from CoreDNS on purpose.
/// @param id   the row's first column
/// @param rule what CoreDNS says to what Waymark says; where the row does not apply, the same
/// @param row  what a reader is told of it
record Difference(String id, Rule rule, Row row) {

    /// The other columns, in Markdown.
    /// @param what    which questions it is about
    /// @param coreDns what CoreDNS says to them
    /// @param waymark what Waymark says to them
    /// @param why     what speaks for it
    record Row(String what, String coreDns, String waymark, String why) {}

    /// The row as a line of the table, with its end.
    String line() {
        return "| `%s` | %s | %s | %s | %s |\n".formatted(id, row.what(), row.coreDns(), row.waymark(), row.why());
    }

    /// From a case to what Waymark says in it.
    interface Rule {
        Told apply(Case given);
    }

    /// A question and what was said, rows above this one applied.
    record Case(Ask ask, Told told, Told waymark, Beside beside) {

        /// The name asked for, in lower case.
        String name() {
            return ask.name().toLowerCase(Locale.ROOT);
        }

        /// Whether the name lies in a zone of the block, and not in a reverse zone.
        boolean isForward() {
            return beside.zoneOf(name())
                    .filter(zone -> !zone.endsWith(".arpa."))
                    .isPresent();
        }

        /// Whether the name lies in a zone of what other clusters export.
        boolean isOfClusterSet() {
            return beside.zoneOf(name())
                    .filter(zone ->
                            beside.block().options().contains("multicluster " + zone.substring(0, zone.length() - 1)))
                    .isPresent();
        }

        /// Whether the name lies in a reverse zone of the block.
        boolean isReverse() {
            return beside.zoneOf(name()).filter(zone -> zone.endsWith(".arpa.")).isPresent();
        }

        /// Whether the plugin `hosts` has lines about the name.
        boolean isOfHosts() {
            return Block.HOST_NAMES.contains(name());
        }

        /// Whether a `template` of the block answers for the name, with flags of its own.
        boolean isOfTemplate() {
            return WildCorefile.TEMPLATES.stream().anyMatch(zone -> name().endsWith(zone));
        }

        /// The labels left of the zone, the leftmost first; none at the apex.
        List<String> labels() {
            var zone = beside.zoneOf(name()).orElseThrow();
            var left = name().substring(0, name().length() - zone.length());
            return left.isEmpty() ? List.of() : List.of(left.split("\\."));
        }

        /// The zone that names of Services lie in.
        String primary() {
            return beside.block().zones().getFirst();
        }

        boolean asksFor(String... types) {
            return List.of(types).contains(ask.type());
        }

        /// The same question about another name or type.
        Ask about(String name, String type) {
            return new Ask(name, type, ask.form());
        }

        /// Whether the name is said not to exist, or, where nobody stands behind a zone that falls through, nothing.
        boolean isDenied() {
            return isDenied(told);
        }

        /// The same of what was said to another question about a zone of the block.
        boolean isDenied(Told said) {
            return said.rcode().equals("NXDOMAIN")
                    || said.rcode().equals("SERVFAIL")
                            && !beside.block().forward()
                            && beside.zoneOf(name())
                                    .filter(beside::fallsThrough)
                                    .isPresent();
        }

        /// The name exists, the type does not.
        Told noData() {
            return negative("NOERROR");
        }

        private Told nxDomain() {
            return negative("NXDOMAIN");
        }

        /// The name does not exist; where the zone falls through, what follows is the upstream's to say.
        Told missing() {
            return beside.fallsThrough(beside.zoneOf(name()).orElseThrow())
                    ? beside.told(about("nothing.here.test.", ask.type()))
                    : nxDomain();
        }

        private Told negative(String rcode) {
            var zone = beside.zoneOf(name()).orElseThrow();
            return ours().with(rcode, List.of(), beside.soa(zone), List.of());
        }

        /// What was said, with the flags of an answer of our own zones.
        Told ours() {
            return (told.rcode().equals("SILENT") ? beside.told(about("cluster.local.", "A")) : told)
                    .withFlag("aa", true)
                    .withFlag("ra", false)
                    .withFlag("tc", false);
        }
    }
}
