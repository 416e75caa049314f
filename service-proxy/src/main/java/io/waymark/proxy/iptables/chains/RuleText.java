package io.waymark.proxy.iptables.chains;

import io.waymark.records.address.IpFamily;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/// Rules as `iptables-save` lists them, and as `iptables-restore` takes them.
public final class RuleText {
    private final IpFamily family;
    private final Style style;

    public RuleText(IpFamily family, Style style) {
        this.family = family;
        this.style = style;
    }

    /// The two differ in one thing: a list of remembered addresses is listed with the mask of a whole
    /// address, and if that is given, iptables keeps it otherwise than when it is not.
    public enum Style {
        LISTED,
        GIVEN
    }

    /// One line, `-A CHAIN …`, without its end.
    public String append(String chain, ChainRule rule) {
        return "-A " + chain + arguments(rule);
    }

    /// The conditions and the target, each with a blank before it.
    public String arguments(ChainRule rule) {
        // iptables lists addresses, interface, protocol, however they were given.
        var text = new StringBuilder();
        for (var part : Part.values()) {
            rule.matches().stream().filter(match -> Part.of(match) == part).forEach(match -> append(text, match));
        }
        return text.append(target(rule.target())).toString();
    }

    private enum Part {
        SOURCE,
        DESTINATION,
        INTERFACE,
        PROTOCOL,
        EXTENSION;

        static Part of(Match match) {
            return switch (match) {
                case Match.Source it -> SOURCE;
                case Match.Destination it -> DESTINATION;
                case Match.LastOctet it -> DESTINATION;
                case Match.Interface it -> INTERFACE;
                case Match.OfProtocol it -> PROTOCOL;
                case Match.Port it -> EXTENSION;
                case Match.AnyPort it -> EXTENSION;
                case Match.Comment it -> EXTENSION;
                case Match.OneIn it -> EXTENSION;
                case Match.Remember it -> EXTENSION;
                case Match.Remembered it -> EXTENSION;
                case Match.FromLocal it -> EXTENSION;
                case Match.ToLocal it -> EXTENSION;
                case Match.InState it -> EXTENSION;
                case Match.Marked it -> EXTENSION;
            };
        }
    }

    private void append(StringBuilder text, Match match) {
        switch (match) {
            case Match.Interface(var name, var is) ->
                text.append(not(is)).append(" -i ").append(name);
            case Match.OfProtocol(var protocol) -> text.append(" -p ").append(lower(protocol));
            case Match.Source(var cidr, var is) ->
                text.append(not(is)).append(" -s ").append(cidr);
            case Match.Destination(var cidr, var is) ->
                text.append(not(is)).append(" -d ").append(cidr);
            case Match.LastOctet(int last, int mask) -> text.append(" -d ").append(lastOctet(last, mask));
            case Match.Port(var protocol, int first, int last) -> {
                text.append(" -m ").append(lower(protocol)).append(" --dport ").append(first);
                if (last != first) {
                    text.append(':').append(last);
                }
            }
            case Match.AnyPort(var protocol) -> text.append(" -m ").append(lower(protocol));
            case Match.Comment(var comment) ->
                text.append(" -m comment --comment ").append(quoted(comment));
            case Match.OneIn one ->
                text.append(" -m statistic --mode random --probability ").append(probability(one));
            case Match.Remember(var list) ->
                text.append(" -m recent --set --name ").append(list).append(ofSource());
            case Match.Remembered(var list, int seconds) ->
                text.append(" -m recent --rcheck --seconds ")
                        .append(seconds)
                        .append(" --reap --name ")
                        .append(list)
                        .append(ofSource());
            case Match.FromLocal it -> text.append(" -m addrtype --src-type LOCAL");
            case Match.ToLocal it -> text.append(" -m addrtype --dst-type LOCAL");
            case Match.InState(var states, var is) ->
                text.append(" -m conntrack")
                        .append(not(is))
                        .append(" --ctstate ")
                        .append(Arrays.stream(Match.State.values())
                                .filter(states::contains)
                                .map(Match.State::name)
                                .collect(Collectors.joining(",")));
            case Match.Marked(int bit, var is) ->
                text.append(" -m mark")
                        .append(not(is))
                        .append(" --mark ")
                        .append(hex(bit))
                        .append('/')
                        .append(hex(bit));
        }
    }

    private String target(Target target) {
        return switch (target) {
            case Target.None it -> "";
            case Target.Jump(var chain) -> " -j " + chain;
            case Target.Return it -> " -j RETURN";
            case Target.Accept it -> " -j ACCEPT";
            case Target.Drop it -> " -j DROP";
            case Target.Reject it ->
                " -j REJECT --reject-with "
                        + (family == IpFamily.IPV4 ? "icmp-port-unreachable" : "icmp6-port-unreachable");
            case Target.SetMark(int bit) -> " -j MARK --set-xmark " + hex(bit) + "/" + hex(bit);
            case Target.FlipMark(int bit) -> " -j MARK --set-xmark " + hex(bit) + "/0x0";
            case Target.Masquerade it -> " -j MASQUERADE --random-fully";
            case Target.Dnat(var to) -> " -j DNAT --to-destination " + to;
        };
    }

    private static String not(Match.Is is) {
        return switch (is) {
            case THIS -> "";
            case NOT -> " !";
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static String hex(int bits) {
        return "0x" + Integer.toHexString(bits);
    }

    private String lastOctet(int last, int mask) {
        return family == IpFamily.IPV4
                ? "0.0.0." + last + "/0.0.0." + mask
                : (last == 0 ? "::" : "::" + Integer.toHexString(last)) + "/::" + Integer.toHexString(mask);
    }

    private String ofSource() {
        if (style == Style.GIVEN) {
            return "";
        }
        var mask = family == IpFamily.IPV4 ? "255.255.255.255" : "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff";
        return " --mask " + mask + " --rsource";
    }

    private static String probability(Match.OneIn match) {
        return String.format(Locale.ROOT, "%.11f", match.share() / 0x1p31);
    }

    private static String quoted(String text) {
        return text.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '_' || c == '-'))
                ? text
                : '"' + text + '"';
    }
}
