package io.waymark.testzones.differential;

import io.waymark.testzones.ask.Told;
import io.waymark.testzones.differential.Difference.Case;
import io.waymark.testzones.differential.Difference.Row;
import java.util.List;
import java.util.regex.Pattern;

/// The rows about whole messages, whatever the name: what is refused, and what each answer carries.
final class MessageDifferences {
    private static final Pattern SOA_SERIAL = Pattern.compile("^(\\S+) (\\d+ in soa (\\S+ \\S+) )(\\d+)( .*)$");
    private static final int NOTIFY = 4;

    /// What is refused before anybody looks at the question.
    static final List<Difference> REFUSALS = List.of(
            new Difference(
                    "notify",
                    MessageDifferences::notification,
                    new Row(
                            "NOTIFY",
                            "as if it were a query",
                            "NOTIMP",
                            "It asks nothing (RFC 1996), and no zone here is another server's copy")),
            new Difference(
                    "badvers-size",
                    MessageDifferences::badVersion,
                    new Row(
                            "the size in the OPT record of BADVERS",
                            "0",
                            "that of the query",
                            "as in all other replies")));

    /// Changes nothing here: [Expected#agreesWith] compares what is left after a cut.
    static final Difference TRUNCATION = new Difference(
            "truncation",
            Case::told,
            new Row(
                    "TC where only records of the additional section did not fit",
                    "1",
                    "0",
                    "The answer is whole (RFC 2181 §9): nobody need ask again over TCP"));

    /// In the order in which they apply, after all rows about names.
    static final List<Difference> ANSWERS = List.of(
            TRUNCATION,
            new Difference(
                    "soa-nxdomain",
                    MessageDifferences::soaOfMissing,
                    new Row(
                            "SOA at a name that does not exist",
                            "n/D",
                            "NXDOMAIN, and falls through like the others",
                            "The name does not exist")),
            new Difference(
                    "class",
                    MessageDifferences::otherClass,
                    new Row(
                            "another class than IN, where the block forwards",
                            "as if asked for IN",
                            "REFUSED",
                            "The zones hold class IN, and so do the upstreams'")),
            new Difference(
                    "hosts-case",
                    MessageDifferences::hostsCase,
                    new Row(
                            "the owner of a record of `hosts`, asked for as `NODE-1`",
                            "in lower case",
                            "as it was asked",
                            "as in all other answers; a resolver that mixes letters (0x20) compares them")),
            new Difference(
                    "recursion-available",
                    MessageDifferences::recursionAvailable,
                    new Row(
                            "RA in answers from zones and hosts of our own (`kubernetes`, `hosts`, `file`, …) where other names are forwarded",
                            "0",
                            "1",
                            "Recursion is offered (RFC 1035 §4.1.1)")),
            new Difference(
                    "soa-serial",
                    MessageDifferences::serial,
                    new Row(
                            "the serial of the zone",
                            "the time of the last change that this replica saw",
                            "derived from the resourceVersion",
                            "Replicas agree")));

    private MessageDifferences() {}

    /// SOA below the apex of a zone: as any other type that is not there.
    private static Told soaOfMissing(Case given) {
        boolean applies = given.asksFor("SOA")
                && given.beside().zoneOf(given.name()).isPresent()
                && !given.labels().isEmpty()
                && given.told().isNoData();
        return applies
                ? given.beside()
                        .expected(given.about(given.ask().name(), "MX"), given.waymark())
                        .told()
                : given.told();
    }

    private static Told otherClass(Case given) {
        if (given.ask().form().dnsClass().equals("IN")) {
            return given.told();
        }
        return given.ours().withFlag("aa", false).with("REFUSED", List.of(), List.of(), List.of());
    }

    /// NOTIFY is not for us, whatever it is about.
    private static Told notification(Case given) {
        return given.ask().form().opcode() == NOTIFY
                ? Told.headerAlone("NOTIMP", given.ask().form().recursionDesired())
                : given.told();
    }

    /// The size is that of the query here too.
    private static Told badVersion(Case given) {
        return given.told().rcode().equals("BADVERS")
                ? given.told()
                        .withEdns(given.told()
                                .edns()
                                .replace("size 0 ", "size " + given.ask().form().edns() + " "))
                : given.told();
    }

    /// `hosts` spells owners in lower case.
    private static Told hostsCase(Case given) {
        return given.isOfHosts() ? given.told().withOwnersAsAsked() : given.told();
    }

    private static Told recursionAvailable(Case given) {
        boolean ours = given.told().flags().contains("aa") && !given.isOfTemplate();
        return ours && given.beside().block().forward() ? given.told().withFlag("ra", true) : given.told();
    }

    /// The serial of our own zones, which is the same for all replicas.
    private static Told serial(Case given) {
        var told = given.told();
        return told.with(
                told.rcode(),
                told.answer().stream().map(line -> serial(line, given)).toList(),
                told.authority().stream().map(line -> serial(line, given)).toList(),
                told.additional());
    }

    private static String serial(String line, Case given) {
        var soa = SOA_SERIAL.matcher(line);
        if (!soa.matches() || !given.beside().block().zones().contains(line.substring(0, line.indexOf(' ')))) {
            return line;
        }
        for (var ours : given.waymark().all()) {
            var other = SOA_SERIAL.matcher(ours);
            // Not compared here: the TTL, which runs down in a cache.
            if (other.matches()
                    && other.group(1).equals(soa.group(1))
                    && other.group(3).equals(soa.group(3))) {
                return soa.group(1) + " " + soa.group(2) + other.group(4) + soa.group(5);
            }
        }
        return line;
    }
}
