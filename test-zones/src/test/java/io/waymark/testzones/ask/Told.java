package io.waymark.testzones.ask;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Record;
import org.xbill.DNS.Section;
import org.xbill.DNS.Type;

/// What a server said, in a form that two servers can be compared by: each record is one line
/// `owner ttl class type data` in lower case, a section's lines are in order.
/// @param rcode      such as `NXDOMAIN`; `SILENT` if no answer came, `MALFORMED` if it did not parse
/// @param flags      of `aa tc rd ra ad cd`, those that are set
/// @param echo       whether the question came back octet for octet
/// @param ownerCase  whether each owner that is the name asked for is spelt as it was asked
/// @param edns       size, version and flags of the OPT record, or empty
public record Told(
        String rcode,
        TreeSet<String> flags,
        boolean echo,
        boolean ownerCase,
        List<String> answer,
        List<String> authority,
        List<String> additional,
        String edns) {
    /// No answer came in time.
    public static final Told SILENT = nothing("SILENT");

    private static Told nothing(String why) {
        return new Told(why, new TreeSet<>(), false, false, List.of(), List.of(), List.of(), "");
    }

    /// Reads the octets that came back to `question`.
    static Told read(byte[] question, byte[] octets) {
        try {
            var message = new Message(octets);
            int end = questionEnd(question);
            boolean echo = octets.length >= end && Arrays.equals(question, 12, end, octets, 12, end);
            return new Told(
                    Rcode.string(message.getRcode()),
                    flags(message),
                    echo,
                    ownerCase(message),
                    lines(message, Section.ANSWER),
                    lines(message, Section.AUTHORITY),
                    lines(message, Section.ADDITIONAL),
                    edns(message));
        } catch (IOException e) {
            return nothing("MALFORMED");
        }
    }

    /// This, but for another response code and other sections.
    public Told with(String newRcode, List<String> newAnswer, List<String> newAuthority, List<String> newAdditional) {
        return new Told(newRcode, flags, echo, ownerCase, newAnswer, newAuthority, newAdditional, edns);
    }

    /// This, with or without a flag.
    public Told withFlag(String flag, boolean set) {
        var changed = new TreeSet<>(flags);
        var unused = set ? changed.add(flag) : changed.remove(flag);
        return new Told(rcode, changed, echo, ownerCase, answer, authority, additional, edns);
    }

    /// A refusal that has no question in it.
    public static Told headerAlone(String rcode, boolean recursionDesired) {
        return nothing(rcode).withOwnersAsAsked().withFlag("rd", recursionDesired);
    }

    /// This, with another OPT record.
    public Told withEdns(String opt) {
        return new Told(rcode, flags, echo, ownerCase, answer, authority, additional, opt);
    }

    /// This, each owner that is the name asked for spelt as it was asked.
    public Told withOwnersAsAsked() {
        return new Told(rcode, flags, echo, true, answer, authority, additional, edns);
    }

    /// This, but for the TTLs, which run down in a cache.
    public Told withoutTtls() {
        return with(rcode, withoutTtls(answer), withoutTtls(authority), withoutTtls(additional));
    }

    private static List<String> withoutTtls(List<String> lines) {
        return lines.stream()
                .map(line -> line.replaceFirst(" \\d+ ", " _ "))
                .sorted()
                .toList();
    }

    /// The lines of all sections.
    public List<String> all() {
        return Stream.of(answer, authority, additional).flatMap(List::stream).toList();
    }

    /// Whether it was cut to fit (TC).
    public boolean isCut() {
        return flags.contains("tc");
    }

    /// Whether it is NOERROR without any answer.
    public boolean isNoData() {
        return rcode.equals("NOERROR") && answer.isEmpty();
    }

    private static int questionEnd(byte[] question) {
        int at = 12;
        while (question[at] != 0) {
            at += 1 + question[at];
        }
        return at + 5;
    }

    private static TreeSet<String> flags(Message message) {
        var set = new TreeSet<String>();
        for (int bit : new int[] {Flags.AA, Flags.TC, Flags.RD, Flags.RA, Flags.AD, Flags.CD}) {
            if (message.getHeader().getFlag(bit)) {
                set.add(Flags.string(bit));
            }
        }
        return set;
    }

    private static boolean ownerCase(Message message) {
        var question = message.getQuestion();
        return question == null
                || message.getSection(Section.ANSWER).stream()
                        .filter(record -> record.getName().equals(question.getName()))
                        .allMatch(record -> record.getName()
                                .toString()
                                .equals(question.getName().toString()));
    }

    private static List<String> lines(Message message, int section) {
        var lines = new ArrayList<String>();
        for (Record record : message.getSection(section)) {
            if (record.getType() != Type.OPT) {
                lines.add((record.getName() + " " + record.getTTL() + " " + DClass.string(record.getDClass()) + " "
                                + Type.string(record.getType()) + " " + record.rdataToString())
                        .toLowerCase(Locale.ROOT));
            }
        }
        lines.sort(null);
        return lines;
    }

    private static String edns(Message message) {
        var opt = message.getOPT();
        return opt == null
                ? ""
                : "size " + opt.getPayloadSize() + " version " + opt.getVersion() + " flags " + opt.getFlags()
                        + " options " + opt.getOptions();
    }

    @Override
    public String toString() {
        return rcode + " " + flags + (echo ? "" : " question not echoed") + (ownerCase ? "" : " owner in other case")
                + (edns.isEmpty() ? "" : " edns " + edns)
                + section("answer", answer)
                + section("authority", authority)
                + section("additional", additional);
    }

    private static String section(String name, List<String> lines) {
        return lines.isEmpty()
                ? ""
                : "\n    " + name + " " + String.join("\n    " + " ".repeat(name.length() + 1), lines);
    }
}
